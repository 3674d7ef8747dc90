"""One appeal for one invented prisoner of conscience, in every script that we print."""

# ruff: noqa: E501 (a column of Khmer or Arabic says nothing about how wide its line is)

from __future__ import annotations

from campaign_app.letters.letter import Block, ItemList, Letter, Paragraph, Run

REFERENCE = "K7M2-QX4P"
LINK = "http://127.0.0.1:8000/l/AAAAAAAAAAAAAAAAAAAAAA"


def _strong(text: str) -> Run:
    return Run(text, strong=True)


def _emphasis(text: str) -> Run:
    return Run(text, emphasis=True)


def _runs(parts: tuple[str | Run, ...]) -> tuple[Run, ...]:
    return tuple(Run(part) if isinstance(part, str) else part for part in parts)


def _paragraph(*parts: str | Run) -> Paragraph:
    return Paragraph(_runs(parts))


def _own(*parts: str | Run) -> Paragraph:
    return Paragraph(_runs(parts), own=True)


def _items(*items: str) -> ItemList:
    return ItemList(tuple((Run(item),) for item in items))


def _numbered(*items: str) -> ItemList:
    return ItemList(tuple((Run(item),) for item in items), ordered=True)


def _letter(
    language: str,
    *,
    sender: tuple[str, ...],
    date: str,
    addressee: tuple[str, ...],
    subject: str,
    salutation: str,
    body: tuple[Block, ...],
    closing: str,
    copies: tuple[str, ...],
    copies_label: str = "cc",
) -> Letter:
    return Letter(
        language=language,
        sender=sender,
        place_and_date=date,
        addressee=addressee,
        subject=subject,
        salutation=salutation,
        body=body,
        closing=closing,
        name=sender[0],
        copies=copies,
        copies_label=copies_label,
        reference=REFERENCE,
        link=LINK,
    )


_ALL = (
    _letter(
        "en",
        sender=("Amina Castellan", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="Seoul, 6 January 2026",
        addressee=("THE MINISTER OF JUSTICE", "MINISTRY OF JUSTICE", "P.O. BOX 241", "ASMARA", "ERITREA"),
        subject="Release Tolva Meren, teacher and prisoner of conscience",
        salutation="Dear Minister,",
        body=(
            _paragraph(
                "I am a teacher living in Seoul, and I write to you about Tolva Meren, a school teacher who has been "
                "held at Blue Lake Prison since 14 March 2025 only because she read a poem aloud at a public meeting."
            ),
            _paragraph(
                "She was arrested without a warrant and has not been allowed to see a lawyer. On 2 September a court "
                "sentenced her to seven years in prison after a hearing of forty minutes. Her family may visit her ",
                _emphasis("once a month"),
                ", for ten minutes and behind glass. She has diabetes and is not given insulin regularly.",
            ),
            _paragraph(
                _strong("Tolva Meren is a prisoner of conscience."), " I respectfully ask you and your office to"
            ),
            _items(
                "release her immediately and without conditions;",
                "see to it that, until then, she receives the medical care she needs and may meet her lawyer and "
                "her family in private;",
                "open an independent inquiry into her treatment in the first weeks of detention.",
            ),
            _own(
                "As a teacher I read poems with my own pupils every week. I often think of the children in her class, "
                "who have been waiting for her since that morning."
            ),
            _paragraph(
                "Your country has bound itself by treaty to protect the freedom of expression. I would be grateful to "
                "hear from you which steps have been taken."
            ),
        ),
        closing="Yours faithfully,",
        copies=("Embassy of the State of Eritrea",),
    ),
    _letter(
        "ko",
        sender=("한바다", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="서울, 2026년 1월 6일",
        addressee=("THE MINISTER OF JUSTICE", "MINISTRY OF JUSTICE", "P.O. BOX 241", "ASMARA", "ERITREA"),
        subject="양심수인 교사 톨바 메렌의 석방을 요청합니다",
        salutation="존경하는 장관님께,",
        body=(
            _paragraph(
                "저는 서울에서 아이들을 가르치는 교사입니다. 2025년 3월 14일부터 푸른호수 교도소에 갇혀 있는 교사 톨바 "
                "메렌(Tolva Meren) 씨의 일로 이 편지를 드립니다. 그는 공개 모임에서 시 한 편을 낭독했다는 이유만으로 "
                "구금되었습니다."
            ),
            _paragraph(
                "그는 영장 없이 체포되었고 변호사를 만날 기회조차 얻지 못했습니다. 법원은 9월 2일 불과 40분 동안 열린 "
                "심리 끝에 징역 7년을 선고했습니다. 가족은 ",
                _emphasis("한 달에 한 번"),
                ", 유리벽 너머로 10분 동안만 그를 면회할 수 있습니다. 그는 당뇨병을 앓고 있지만 인슐린을 제때 공급받지 "
                "못하고 있습니다.",
            ),
            _paragraph(_strong("톨바 메렌 씨는 양심수입니다."), " 이에 저는 장관님께 다음과 같이 정중히 요청드립니다."),
            _items(
                "톨바 메렌 씨를 아무런 조건 없이 즉시 석방해 주십시오.",
                "석방될 때까지 그가 필요한 치료를 받고 변호사와 가족을 방해 없이 만날 수 있도록 해 주십시오.",
                "구금 첫 몇 주 동안 그가 받은 처우에 대해 독립적인 조사를 시작해 주십시오.",
            ),
            _own(
                "저도 매주 학생들과 함께 시를 읽습니다. 그날 아침부터 선생님을 기다리고 있을 그 반 아이들을 자주 "
                "생각합니다."
            ),
            _paragraph(
                "귀국은 표현의 자유를 보호하겠다고 조약으로 약속하였습니다. 지금까지 어떤 조치가 이루어졌는지 알려 주시면 "
                "감사하겠습니다."
            ),
        ),
        closing="존경을 담아",
        copies=("주한 에리트레아 대사관",),
        copies_label="사본",
    ),
    _letter(
        "zh-Hans",
        sender=("林远帆", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="首尔，2026年1月6日",
        addressee=(
            "MINISTER OF JUSTICE",
            "MINISTRY OF JUSTICE",
            "NO. 6 CHAOYANGMEN NANDAJIE",
            "CHAOYANG DISTRICT",
            "BEIJING 100020",
            "CHINA",
        ),
        subject="请释放教师、良心犯托尔娃·梅伦",
        salutation="尊敬的部长阁下：",
        body=(
            _paragraph(
                "我是一名住在首尔的教师，写这封信是为了托尔娃·梅伦（Tolva Meren）女士。她也是一名教师，仅仅因为在一次公开集会上"
                "朗读了一首诗，自2025年3月14日起就被关押在蓝湖监狱。"
            ),
            _paragraph(
                "她在没有逮捕令的情况下被捕，至今未获准会见律师。9月2日，法院在仅仅四十分钟的庭审之后判处她七年有期徒刑。她的家人",
                _emphasis("每月只能探视一次"),
                "，每次十分钟，而且隔着玻璃。她患有糖尿病，却不能按时得到胰岛素。",
            ),
            _paragraph(_strong("托尔娃·梅伦是一名良心犯。"), "为此，我谨恳请阁下："),
            _numbered(
                "立即无条件释放托尔娃·梅伦女士；",
                "在她获释之前，确保她得到所需的医疗，并能够私下会见律师和家人；",
                "就她在羁押最初几周所受的待遇展开独立调查。",
            ),
            _own(
                "作为教师，我每个星期都同自己的学生一起读诗。我常常想起她班上的孩子们，从那天早晨起，他们一直在等她回来。"
            ),
            _paragraph(
                "贵国已经通过条约承诺保护言论自由。如能告知贵部迄今采取了哪些措施，我将不胜感激。盼望早日得到您的答复。"
            ),
        ),
        closing="此致敬礼",
        copies=("中华人民共和国驻大韩民国大使馆",),
        copies_label="抄送",
    ),
    _letter(
        "zh-Hant",
        sender=("林遠帆", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="首爾，2026年1月6日",
        addressee=("THE MINISTER OF JUSTICE", "MINISTRY OF JUSTICE", "P.O. BOX 241", "ASMARA", "ERITREA"),
        subject="請釋放教師、良心犯托爾娃·梅倫",
        salutation="部長閣下鈞鑒：",
        body=(
            _paragraph(
                "我是一名住在首爾的教師，寫這封信是為了托爾娃·梅倫（Tolva Meren）女士。她也是一名教師，僅僅因為在一次公開集會上"
                "朗讀了一首詩，自2025年3月14日起便被關押在藍湖監獄。"
            ),
            _paragraph(
                "她在沒有拘票的情況下被捕，至今未獲准會見律師。9月2日，法院在僅僅四十分鐘的審理之後判處她七年徒刑。她的家人",
                _emphasis("每月只能探視一次"),
                "，每次十分鐘，而且隔著玻璃。她患有糖尿病，卻無法按時得到胰島素。",
            ),
            _paragraph(_strong("托爾娃·梅倫是一名良心犯。"), "為此，我謹懇請閣下："),
            _items(
                "立即無條件釋放托爾娃·梅倫女士；",
                "在她獲釋之前，確保她得到所需的醫療，並能夠私下會見律師和家人；",
                "就她在羈押最初幾週所受的待遇展開獨立調查。",
            ),
            _own(
                "身為教師，我每個星期都和自己的學生一起讀詩。我常常想起「她班上的孩子們」，從那天早晨起，他們一直在等她回來。"
            ),
            _paragraph(
                "貴國已透過條約承諾保護言論自由。若能告知貴部迄今採取了哪些措施，我將不勝感激。盼望早日得到您的答覆。"
            ),
        ),
        closing="敬頌　鈞安",
        copies=("厄利垂亞駐韓國大使館",),
        copies_label="副本",
    ),
    _letter(
        "ja",
        sender=("海野 渚", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="2026年1月6日 ソウル",
        addressee=("THE MINISTER OF JUSTICE", "MINISTRY OF JUSTICE", "P.O. BOX 241", "ASMARA", "ERITREA"),
        subject="良心の囚人である教師トルヴァ・メレン氏の釈放を求めます",
        salutation="法務大臣閣下",
        body=(
            _paragraph(
                "私はソウルに住む教師です。2025年3月14日からブルーレイク刑務所に拘禁されている教師、トルヴァ・メレン"
                "（Tolva Meren）氏のことでお手紙を差し上げます。彼女が拘束された理由は、公開の集まりで一篇の詩を朗読したこと、"
                "ただそれだけです。"
            ),
            _paragraph(
                "彼女は令状なしに逮捕され、弁護士との面会も許されていません。裁判所は9月2日、わずか40分の審理で禁錮7年を"
                "言い渡しました。家族との面会は",
                _emphasis("月に一度"),
                "、ガラス越しに10分間だけです。糖尿病を患っていますが、インスリンは定期的に与えられていません。",
            ),
            _paragraph(_strong("メレン氏は良心の囚人です。"), "つきましては、次のことを謹んでお願い申し上げます。"),
            _numbered(
                "メレン氏を即時かつ無条件に釈放すること。",
                "釈放までの間、必要な医療を受け、弁護士や家族と立会人なしで面会できるようにすること。",
                "拘禁当初の数週間に受けた処遇について、独立した調査を始めること。",
            ),
            _own(
                "私も毎週、生徒たちと「詩の時間」を過ごしています。あの朝から先生の帰りを待ち続けている教室の子どもたちのことを、"
                "たびたび思います。"
            ),
            _paragraph(
                "貴国は条約によって、表現の自由を守ることを約束されました。これまでにどのような措置が取られたのか、お知らせいただければ"
                "幸いです。"
            ),
        ),
        closing="敬具",
        copies=("駐韓エリトリア大使館",),
        copies_label="写し",
    ),
    _letter(
        "my",
        sender=("ဒေါ်လှိုင်းပြာ", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="ဆိုးလ်မြို့၊ ၂၀၂၆ ခုနှစ် ဇန်နဝါရီလ ၆ ရက်",
        addressee=("UNION MINISTER", "MINISTRY OF HOME AFFAIRS", "OFFICE NO. 10", "NAY PYI TAW", "MYANMAR"),
        subject="ယုံကြည်ချက်ကြောင့် အကျဉ်းကျနေသူ ဆရာမ တော်လ်ဗာမေရန်ကို လွှတ်ပေးရန်",
        salutation="လေးစားအပ်ပါသော ဝန်ကြီးခင်ဗျား",
        body=(
            _paragraph(
                "ကျွန်မသည် ဆိုးလ်မြို့တွင်နေထိုင်သော ကျောင်းဆရာမတစ်ဦးဖြစ်ပါသည်။ လူထုအစည်းအဝေးတစ်ခုတွင် ကဗျာတစ်ပုဒ် ရွတ်ဆိုခဲ့သည့်အတွက်သာ "
                "၂၀၂၅ ခုနှစ် မတ်လ ၁၄ ရက်မှစ၍ ရေကန်ပြာအကျဉ်းထောင်တွင် ထိန်းသိမ်းခံနေရသော ဆရာမ တော်လ်ဗာမေရန် (Tolva Meren) အကြောင်း "
                "ရေးသားလိုက်ပါသည်။"
            ),
            _paragraph(
                "သူမကို ဝရမ်းမပါဘဲ ဖမ်းဆီးခဲ့ပြီး ရှေ့နေနှင့် တွေ့ခွင့်မပြုခဲ့ပါ။ စက်တင်ဘာလ ၂ ရက်တွင် တရားရုံးက မိနစ်လေးဆယ်သာကြာသော "
                "ကြားနာမှုအပြီး ထောင်ဒဏ်ခုနစ်နှစ် ချမှတ်ခဲ့ပါသည်။ မိသားစုသည် ",
                _emphasis("တစ်လတစ်ကြိမ်"),
                " မှန်ကာ၍ ဆယ်မိနစ်သာ တွေ့ခွင့်ရပါသည်။ သူမတွင် ဆီးချိုရောဂါရှိသော်လည်း အင်ဆူလင်ကို ပုံမှန်မရရှိပါ။",
            ),
            _paragraph(
                _strong("တော်လ်ဗာမေရန်သည် ယုံကြည်ချက်ကြောင့် အကျဉ်းကျနေသူဖြစ်ပါသည်။"),
                " ထို့ကြောင့် အောက်ပါတို့ကို လေးစားစွာ တောင်းဆိုအပ်ပါသည်။",
            ),
            _items(
                "သူမကို ချက်ချင်းနှင့် ခြွင်းချက်မရှိ လွှတ်ပေးပါရန်။",
                "မလွှတ်ပေးမီကာလအတွင်း လိုအပ်သော ဆေးကုသမှုရရှိစေပြီး ရှေ့နေ၊ မိသားစုတို့နှင့် လွတ်လပ်စွာ တွေ့ဆုံခွင့်ပြုပါရန်။",
                "ထိန်းသိမ်းခံရစဉ် ပထမရက်သတ္တပတ်များအတွင်း ဆက်ဆံခံရပုံကို လွတ်လပ်စွာ စုံစမ်းစစ်ဆေးပါရန်။",
            ),
            _own("ကျွန်မသည်လည်း အပတ်စဉ် ကျောင်းသားများနှင့်အတူ ကဗျာဖတ်ပါသည်။ ထိုနံနက်ကတည်းက သူမကိုစောင့်နေကြသော ကလေးများကို မကြာခဏ သတိရမိပါသည်။"),
            _paragraph("မည်သည့်အရေးယူဆောင်ရွက်မှုများ ပြုလုပ်ပြီးကြောင်း အကြောင်းပြန်ပေးပါက ကျေးဇူးတင်ရှိပါမည်။"),
        ),
        closing="လေးစားစွာဖြင့်",
        copies=("မြန်မာသံရုံး၊ ဆိုးလ်မြို့",),
        copies_label="မိတ္တူ",
    ),
    _letter(
        "th",
        sender=("ทะเลฟ้า สายลม", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="กรุงโซล 6 มกราคม 2569",
        addressee=(
            "MINISTER OF JUSTICE",
            "MINISTRY OF JUSTICE",
            "404 CHAENG WATTHANA ROAD, LAK SI",
            "BANGKOK 10210",
            "THAILAND",
        ),
        subject="ขอให้ปล่อยตัวครูโทลวา เมเรน นักโทษทางความคิด",
        salutation="เรียน ท่านรัฐมนตรีที่เคารพ",
        body=(
            _paragraph(
                "ดิฉันเป็นครูอาศัยอยู่ในกรุงโซล ขอเขียนถึงท่านเรื่องโทลวา เมเรน (Tolva Meren) "
                "ครูโรงเรียนซึ่งถูกคุมขังที่เรือนจำทะเลสาบสีน้ำเงินตั้งแต่วันที่ 14 มีนาคม 2568 เพียงเพราะเธออ่านบทกวีในที่ประชุมสาธารณะ"
            ),
            _paragraph(
                "เธอถูกจับกุมโดยไม่มีหมายจับและไม่ได้รับอนุญาตให้พบทนายความ เมื่อวันที่ 2 กันยายน "
                "ศาลพิพากษาจำคุกเธอเจ็ดปีหลังการพิจารณาคดีเพียงสี่สิบนาที ครอบครัวเข้าเยี่ยมได้",
                _emphasis("เดือนละหนึ่งครั้ง"),
                "ครั้งละสิบนาทีโดยมีกระจกกั้น เธอเป็นโรคเบาหวานแต่ไม่ได้รับอินซูลินอย่างสม่ำเสมอ",
            ),
            _paragraph(_strong("โทลวา เมเรนเป็นนักโทษทางความคิด"), " ดิฉันจึงขอเรียกร้องด้วยความเคารพให้ท่าน"),
            _items(
                "ปล่อยตัวเธอทันทีโดยไม่มีเงื่อนไข",
                "ดูแลให้เธอได้รับการรักษาพยาบาลที่จำเป็น และได้พบทนายความกับครอบครัวเป็นการส่วนตัวจนกว่าจะได้รับการปล่อยตัว",
                "เปิดการสอบสวนที่เป็นอิสระเกี่ยวกับการปฏิบัติต่อเธอในช่วงสัปดาห์แรกของการคุมขัง",
            ),
            _own("ในฐานะครู ดิฉันอ่านบทกวีกับนักเรียนทุกสัปดาห์ และมักนึกถึงเด็กในชั้นเรียนของเธอที่ยังรอคอยครูมาตั้งแต่เช้าวันนั้น"),
            _paragraph(
                "ประเทศของท่านผูกพันตามสนธิสัญญาที่จะคุ้มครองเสรีภาพในการแสดงออก ดิฉันจะขอบคุณยิ่งหากท่านแจ้งให้ทราบว่าได้ดำเนินการอย่างไรแล้วบ้าง"
            ),
        ),
        closing="ขอแสดงความนับถืออย่างสูง",
        copies=("สถานเอกอัครราชทูตไทย ณ กรุงโซล",),
        copies_label="สำเนาถึง",
    ),
    _letter(
        "vi",
        sender=("Trần Biển Xanh", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="Seoul, ngày 6 tháng 1 năm 2026",
        addressee=("MINISTER OF JUSTICE", "MINISTRY OF JUSTICE", "60 TRAN PHU STREET, BA DINH", "HANOI", "VIET NAM"),
        subject="Đề nghị trả tự do cho cô giáo Tolva Meren, tù nhân lương tâm",
        salutation="Kính thưa Ông Bộ trưởng,",
        body=(
            _paragraph(
                "Tôi là một giáo viên sống tại Seoul. Tôi viết thư này về trường hợp cô giáo Tolva Meren, người bị giam tại "
                "nhà tù Hồ Xanh từ ngày 14 tháng 3 năm 2025 chỉ vì đã đọc một bài thơ trong một buổi họp công cộng."
            ),
            _paragraph(
                "Cô bị bắt không có lệnh và chưa hề được gặp luật sư. Ngày 2 tháng 9, tòa án kết án cô bảy năm tù sau "
                "một phiên xử chỉ kéo dài bốn mươi phút. Gia đình được thăm cô ",
                _emphasis("mỗi tháng một lần"),
                ", mười phút, qua tấm kính. Cô mắc bệnh tiểu đường nhưng không được cấp insulin đều đặn.",
            ),
            _paragraph(_strong("Tolva Meren là một tù nhân lương tâm."), " Tôi trân trọng đề nghị Ông:"),
            _items(
                "trả tự do cho cô ngay lập tức và vô điều kiện;",
                "bảo đảm cho đến lúc đó cô được chăm sóc y tế cần thiết và được gặp riêng luật sư cùng gia đình;",
                "mở cuộc điều tra độc lập về cách đối xử với cô trong những tuần đầu bị giam giữ.",
            ),
            _own(
                "Là giáo viên, tuần nào tôi cũng đọc thơ với học trò của mình. Tôi thường nghĩ đến các em trong lớp của cô, "
                "những em vẫn đang chờ cô từ buổi sáng hôm ấy."
            ),
            _paragraph(
                "Quý quốc đã cam kết bằng điều ước quốc tế bảo vệ quyền tự do biểu đạt. Tôi sẽ rất biết ơn nếu được Ông cho "
                "biết những biện pháp đã được thực hiện."
            ),
        ),
        closing="Trân trọng kính chào,",
        copies=("Đại sứ quán Việt Nam tại Hàn Quốc",),
        copies_label="Đồng kính gửi",
    ),
    _letter(
        "hi",
        sender=("नीला सागर", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="सियोल, 6 जनवरी 2026",
        addressee=("MINISTER OF LAW AND JUSTICE", "SHASTRI BHAWAN", "NEW DELHI 110001", "INDIA"),
        subject="अंतरात्मा की बंदी शिक्षिका तोल्वा मेरेन की रिहाई के लिए अनुरोध",
        salutation="माननीय मंत्री महोदय,",
        body=(
            _paragraph(
                "मैं सियोल में रहने वाली एक शिक्षिका हूँ और आपको तोल्वा मेरेन (Tolva Meren) के विषय में लिख रही हूँ। वे एक विद्यालय की "
                "शिक्षिका हैं, जिन्हें 14 मार्च 2025 से नीली झील कारागार में केवल इसलिए रखा गया है कि उन्होंने एक सार्वजनिक सभा में कविता पढ़ी थी।"
            ),
            _paragraph(
                "उन्हें बिना वारंट के गिरफ़्तार किया गया और वकील से मिलने नहीं दिया गया। 2 सितंबर को न्यायालय ने केवल चालीस मिनट की सुनवाई के "
                "बाद उन्हें सात वर्ष के कारावास का दंड दिया। उनका परिवार ",
                _emphasis("महीने में एक बार"),
                ", दस मिनट के लिए, शीशे के पार से उनसे मिल सकता है। उन्हें मधुमेह है, पर इंसुलिन नियमित रूप से नहीं दिया जाता।",
            ),
            _paragraph(_strong("तोल्वा मेरेन अंतरात्मा की बंदी हैं।"), " मैं आपसे सादर अनुरोध करती हूँ कि आप"),
            _items(
                "उन्हें तुरंत और बिना किसी शर्त के रिहा करें;",
                "तब तक यह सुनिश्चित करें कि उन्हें आवश्यक चिकित्सा मिले और वे वकील तथा परिवार से एकांत में मिल सकें;",
                "हिरासत के पहले सप्ताहों में उनके साथ हुए व्यवहार की स्वतंत्र जाँच कराएँ।",
            ),
            _own(
                "शिक्षिका होने के नाते मैं भी हर सप्ताह अपने विद्यार्थियों के साथ कविताएँ पढ़ती हूँ। मैं अक्सर उनकी कक्षा के बच्चों के बारे में सोचती हूँ, "
                "जो उस सुबह से उनकी प्रतीक्षा कर रहे हैं।"
            ),
            _paragraph(
                "आपके देश ने संधि द्वारा अभिव्यक्ति की स्वतंत्रता की रक्षा का वचन दिया है। अब तक उठाए गए क़दमों की जानकारी पाकर मैं आभारी रहूँगी।"
            ),
        ),
        closing="भवदीया,",
        copies=("भारत का दूतावास, सियोल",),
        copies_label="प्रतिलिपि",
    ),
    _letter(
        "ar",
        sender=("بحر الأزرق", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="سيول، 6 يناير 2026",
        addressee=(
            "MINISTER OF JUSTICE",
            "MINISTRY OF JUSTICE",
            "LAZOGHLY SQUARE",
            "CAIRO",
            "EGYPT",
        ),
        subject="طلب الإفراج عن المعلمة وسجينة الرأي تولفا ميرين",
        salutation="معالي الوزير، تحية طيبة وبعد،",
        body=(
            _paragraph(
                "أنا معلمة أقيم في سيول، وأكتب إليكم بشأن تولفا ميرين (Tolva Meren)، وهي معلمة محتجزة في سجن البحيرة الزرقاء "
                "منذ 14 مارس 2025 لا لشيء إلا لأنها قرأت قصيدة في اجتماع عام."
            ),
            _paragraph(
                "لقد اعتُقلت من دون أمر قضائي ولم يُسمح لها بمقابلة محامٍ. وفي 2 سبتمبر حكمت عليها المحكمة بالسجن سبع سنوات بعد "
                "جلسة لم تستغرق سوى أربعين دقيقة. ولا يُسمح لأسرتها بزيارتها إلا ",
                _emphasis("مرة واحدة في الشهر"),
                "، لعشر دقائق ومن وراء الزجاج. وهي مصابة بالسكري ولا تحصل على الإنسولين بانتظام.",
            ),
            _paragraph(_strong("إن تولفا ميرين سجينة رأي."), " لذا أناشد معاليكم بكل احترام أن تعملوا على ما يلي:"),
            _items(
                "الإفراج عنها فوراً ومن دون أي شروط؛",
                "ضمان حصولها حتى ذلك الحين على الرعاية الطبية التي تحتاج إليها، وتمكينها من لقاء محاميها وأسرتها على انفراد؛",
                "فتح تحقيق مستقل في المعاملة التي تعرضت لها في الأسابيع الأولى من احتجازها.",
            ),
            _own(
                "بصفتي معلمة، أقرأ القصائد مع تلاميذي كل أسبوع. وكثيراً ما أفكر في أطفال صفها الذين ما زالوا ينتظرونها منذ "
                "ذلك الصباح."
            ),
            _paragraph(
                "لقد التزم بلدكم بموجب المعاهدات بحماية حرية التعبير. وسأكون ممتنة لو أطلعتموني على الخطوات التي اتُّخذت حتى "
                "الآن، وأتطلع إلى ردكم الكريم."
            ),
        ),
        closing="وتفضلوا بقبول فائق الاحترام والتقدير،",
        copies=("سفارة جمهورية مصر العربية في سيول",),
        copies_label="نسخة إلى",
    ),
    _letter(
        "fa",
        sender=("دریا آبی‌پور", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="سئول، ۱۶ دی ۱۴۰۴",
        addressee=("HEAD OF THE JUDICIARY", "PASTEUR STREET", "VALI ASR AVENUE", "TEHRAN", "IRAN"),
        subject="درخواست آزادی تولوا مرن، معلم و زندانی عقیدتی",
        salutation="جناب آقای رئیس قوهٔ قضائیه، با سلام و احترام،",
        body=(
            _paragraph(
                "من معلمی ساکن سئول هستم و دربارهٔ تولوا مرن (Tolva Meren) به شما می‌نویسم. او معلم مدرسه است و از ۲۴ اسفند "
                "۱۴۰۳ تنها به این دلیل که در یک گردهمایی عمومی شعری خوانده است، در زندان دریاچهٔ آبی به سر می‌برد."
            ),
            _paragraph(
                "او را بدون حکم بازداشت کردند و تاکنون اجازهٔ دیدار با وکیل نداده‌اند. دادگاه در ۱۱ شهریور پس از جلسه‌ای "
                "چهل‌دقیقه‌ای او را به هفت سال زندان محکوم کرد. خانواده‌اش تنها ",
                _emphasis("ماهی یک بار"),
                "، ده دقیقه و از پشت شیشه می‌توانند او را ببینند. او به دیابت مبتلاست و انسولین به‌طور منظم به او نمی‌رسد.",
            ),
            _paragraph(_strong("تولوا مرن زندانی عقیدتی است."), " از این رو با احترام از شما می‌خواهم:"),
            _numbered(
                "او را بی‌درنگ و بدون هیچ قید و شرطی آزاد کنید؛",
                "تا آن زمان ترتیبی دهید که از درمان پزشکی لازم برخوردار شود و بتواند با وکیل و خانواده‌اش در خلوت دیدار کند؛",
                "دربارهٔ رفتاری که در هفته‌های نخست بازداشت با او شده است، تحقیقی مستقل آغاز کنید.",
            ),
            _own(
                "من هم به‌عنوان معلم هر هفته با شاگردانم شعر می‌خوانم. بارها به کودکان کلاس او فکر می‌کنم که از آن صبح "
                "تاکنون چشم به راهش مانده‌اند."
            ),
            _paragraph(
                "کشور شما با پیوستن به پیمان‌های بین‌المللی متعهد شده است که از آزادی بیان پاسداری کند. سپاسگزار خواهم شد اگر "
                "مرا از اقدام‌های انجام‌شده آگاه سازید."
            ),
        ),
        closing="با احترام فراوان،",
        copies=("سفارت جمهوری اسلامی ایران در سئول",),
        copies_label="رونوشت",
    ),
    _letter(
        "he",
        sender=("ים כחול", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="סיאול, 6 בינואר 2026",
        addressee=(
            "MINISTER OF JUSTICE",
            "MINISTRY OF JUSTICE",
            "29 SALAH A-DIN STREET",
            "JERUSALEM 9711052",
            "ISRAEL",
        ),
        subject="בקשה לשחרורה של המורה ואסירת המצפון טולבה מרן",
        salutation="כבוד השר,",
        body=(
            _paragraph(
                "אני מורה המתגוררת בסיאול, ואני כותבת אליך בעניינה של טולבה מרן (Tolva Meren), מורה בבית ספר המוחזקת בכלא "
                "האגם הכחול מאז 14 במרץ 2025 רק משום שהקריאה שיר באסיפה פומבית."
            ),
            _paragraph(
                "היא נעצרה ללא צו ולא הורשתה לפגוש עורך דין. ב־2 בספטמבר גזר עליה בית המשפט שבע שנות מאסר לאחר דיון שנמשך "
                "ארבעים דקות בלבד. בני משפחתה רשאים לבקר אותה ",
                _emphasis("פעם בחודש"),
                ", למשך עשר דקות ומאחורי זכוכית. היא חולה בסוכרת ואינה מקבלת אינסולין בקביעות.",
            ),
            _paragraph(_strong("טולבה מרן היא אסירת מצפון."), " לפיכך אני מבקשת ממך בכל הכבוד:"),
            _items(
                "לשחררה מיד וללא כל תנאי;",
                "להבטיח שעד אז תקבל את הטיפול הרפואי הדרוש לה ותוכל להיפגש ביחידות עם עורך דינה ועם בני משפחתה;",
                "לפתוח בחקירה עצמאית של היחס שקיבלה בשבועות הראשונים למעצרה.",
            ),
            _own(
                "כמורה אני קוראת שירים עם תלמידיי בכל שבוע. לעיתים קרובות אני חושבת על ילדי כיתתה, הממתינים לה מאז אותו בוקר."
            ),
            _paragraph(
                "מדינתך התחייבה באמנות בין־לאומיות להגן על חופש הביטוי. אודה לך אם תודיע לי אילו צעדים ננקטו עד כה, ואצפה "
                "לתשובתך."
            ),
        ),
        closing="בכבוד רב,",
        copies=("שגרירות ישראל בסיאול",),
        copies_label="העתק",
    ),
    _letter(
        "ru",
        sender=("Морена Синичкина", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="Сеул, 6 января 2026 г.",
        addressee=(
            "PROSECUTOR GENERAL",
            "OFFICE OF THE PROSECUTOR GENERAL",
            "UL. BOLSHAYA DMITROVKA 15A",
            "MOSCOW 125993",
            "RUSSIAN FEDERATION",
        ),
        subject="Об освобождении учительницы и узницы совести Толвы Мерен",
        salutation="Уважаемый господин Генеральный прокурор!",
        body=(
            _paragraph(
                "Я учительница и живу в Сеуле. Пишу Вам о судьбе Толвы Мерен (Tolva Meren), школьной учительницы, которую с "
                "14 марта 2025 года содержат в тюрьме «Синее озеро» только за то, что на открытом собрании она прочла вслух "
                "стихотворение."
            ),
            _paragraph(
                "Её арестовали без ордера и не допустили к ней адвоката. 2 сентября суд после сорокаминутного заседания "
                "приговорил её к семи годам лишения свободы. Родным разрешают видеться с ней ",
                _emphasis("один раз в месяц"),
                ", по десять минут и через стекло. Она больна диабетом, но инсулин получает нерегулярно.",
            ),
            _paragraph(_strong("Толва Мерен — узница совести."), " С уважением прошу Вас:"),
            _items(
                "немедленно и без каких-либо условий освободить её;",
                "до освобождения обеспечить ей необходимую медицинскую помощь и встречи с адвокатом и родными наедине;",
                "провести независимое расследование того, как с ней обращались в первые недели заключения.",
            ),
            _own(
                "Я и сама каждую неделю читаю стихи со своими учениками. Я часто думаю о детях из её класса, которые с того "
                "утра ждут свою учительницу."
            ),
            _paragraph(
                "Ваша страна обязалась по договору защищать свободу выражения мнений. Буду признательна, если Вы сообщите "
                "мне, какие меры были приняты."
            ),
        ),
        closing="С уважением,",
        copies=("Посольство Российской Федерации в Республике Корея",),
        copies_label="Копия",
    ),
    _letter(
        "am",
        sender=("ሰማያዊት ባሕሩ", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="ሶል፣ ታኅሣሥ 28 ቀን 2018 ዓ.ም.",
        addressee=("MINISTER OF JUSTICE", "MINISTRY OF JUSTICE", "P.O. BOX 1370", "ADDIS ABABA", "ETHIOPIA"),
        subject="የህሊና እስረኛ የሆነችው መምህርት ቶልቫ ሜሬን እንድትፈታ ስለመጠየቅ",
        salutation="ክቡር ሚኒስትር፣",
        body=(
            _paragraph(
                "እኔ በሶል ከተማ የምኖር መምህርት ነኝ። ይህን ደብዳቤ የምጽፍልዎ በሕዝባዊ ስብሰባ ላይ ግጥም በማንበቧ ብቻ ከመጋቢት 5 ቀን 2017 ዓ.ም. ጀምሮ በሰማያዊ ሐይቅ "
                "ማረሚያ ቤት ስለታሰረችው መምህርት ቶልቫ ሜሬን (Tolva Meren) ነው።"
            ),
            _paragraph(
                "ያለ ፍርድ ቤት ትእዛዝ ተይዛ ጠበቃ እንድታገኝ አልተፈቀደላትም። ፍርድ ቤቱ ነሐሴ 27 ቀን ለአርባ ደቂቃ ብቻ ከቆየ ችሎት በኋላ የሰባት ዓመት እስራት "
                "ፈርዶባታል። ቤተሰቦቿ ",
                _emphasis("በወር አንድ ጊዜ"),
                " ብቻ ለአሥር ደቂቃ በመስታወት በኩል እንዲያዩዋት ይፈቀድላቸዋል። የስኳር በሽታ ቢኖርባትም ኢንሱሊን በመደበኛነት አታገኝም።",
            ),
            _paragraph(_strong("ቶልቫ ሜሬን የህሊና እስረኛ ናት።"), " ስለዚህ ክቡርነትዎን በአክብሮት የምጠይቀው፦"),
            _items(
                "ያለ ምንም ቅድመ ሁኔታ በአስቸኳይ እንድትፈታ፤",
                "እስክትፈታ ድረስ አስፈላጊውን ሕክምና እንድታገኝና ከጠበቃዋና ከቤተሰቧ ጋር በነጻነት እንድትገናኝ፤",
                "በእስር በቆየችባቸው የመጀመሪያ ሳምንታት ስለተፈጸመባት አያያዝ ገለልተኛ ምርመራ እንዲካሄድ ነው።",
            ),
            _own("እኔም በየሳምንቱ ከተማሪዎቼ ጋር ግጥም አነባለሁ። ከዚያች ጠዋት ጀምሮ መምህራቸውን የሚጠብቁትን ልጆች ብዙ ጊዜ አስባቸዋለሁ።"),
            _paragraph("አገርዎ ሐሳብን የመግለጽ ነጻነትን ለመጠበቅ በስምምነት ቃል ገብታለች። እስካሁን የተወሰዱትን እርምጃዎች ቢያሳውቁኝ ከልብ አመሰግናለሁ።"),
        ),
        closing="ከአክብሮት ጋር፣",
        copies=("የኢትዮጵያ ኤምባሲ፣ ሶል",),
        copies_label="ግልባጭ",
    ),
    _letter(
        "km",
        sender=("ទឹក សមុទ្រខៀវ", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="ទីក្រុងសេអ៊ូល ថ្ងៃទី៦ ខែមករា ឆ្នាំ២០២៦",
        addressee=("MINISTER OF JUSTICE", "MINISTRY OF JUSTICE", "240 SOTHEAROS BOULEVARD", "PHNOM PENH", "CAMBODIA"),
        subject="សំណើសុំដោះលែងអ្នកគ្រូ តុលវ៉ា មេរេន អ្នកទោសមនសិការ",
        salutation="គោរពជូន ឯកឧត្តមរដ្ឋមន្ត្រី",
        body=(
            _paragraph(
                "ខ្ញុំជាគ្រូបង្រៀនរស់នៅក្នុងទីក្រុងសេអ៊ូល។ ខ្ញុំសរសេរលិខិតនេះអំពីអ្នកគ្រូ តុលវ៉ា មេរេន (Tolva Meren) "
                "ដែលត្រូវបានឃុំខ្លួននៅពន្ធនាគារបឹងខៀវតាំងពីថ្ងៃទី១៤ ខែមីនា ឆ្នាំ២០២៥ ដោយសារតែបានអានកំណាព្យមួយក្នុងការប្រជុំសាធារណៈ។"
            ),
            _paragraph(
                "គាត់ត្រូវបានចាប់ខ្លួនដោយគ្មានដីកា ហើយមិនត្រូវបានអនុញ្ញាតឱ្យជួបមេធាវីឡើយ។ នៅថ្ងៃទី២ ខែកញ្ញា "
                "តុលាការបានកាត់ទោសឱ្យជាប់ពន្ធនាគារប្រាំពីរឆ្នាំ បន្ទាប់ពីសវនាការដែលមានរយៈពេលតែសែសិបនាទី។ គ្រួសារអាចសួរសុខទុក្ខបានតែ",
                _emphasis("មួយខែម្តង"),
                "រយៈពេលដប់នាទី តាមរយៈកញ្ចក់។ គាត់មានជំងឺទឹកនោមផ្អែម ប៉ុន្តែមិនទទួលបានអាំងស៊ុយលីនទៀងទាត់ទេ។",
            ),
            _paragraph(_strong("តុលវ៉ា មេរេន គឺជាអ្នកទោសមនសិការ។"), " ខ្ញុំសូមស្នើដោយក្តីគោរពដល់ឯកឧត្តម៖"),
            _items(
                "ដោះលែងគាត់ជាបន្ទាន់ដោយគ្មានលក្ខខណ្ឌ",
                "ធានាឱ្យគាត់ទទួលបានការព្យាបាលចាំបាច់ និងអាចជួបមេធាវី និងគ្រួសារជាឯកជន រហូតដល់ពេលដោះលែង",
                "បើកការស៊ើបអង្កេតឯករាជ្យអំពីការប្រព្រឹត្តចំពោះគាត់ក្នុងសប្តាហ៍ដំបូងនៃការឃុំខ្លួន។",
            ),
            _own(
                "ក្នុងនាមជាគ្រូបង្រៀន ខ្ញុំអានកំណាព្យជាមួយសិស្សរបស់ខ្ញុំរៀងរាល់សប្តាហ៍។ ខ្ញុំតែងនឹកដល់កុមារក្នុងថ្នាក់របស់គាត់ដែលកំពុងរង់ចាំគាត់តាំងពីព្រឹកនោះមក។"
            ),
            _paragraph("ខ្ញុំនឹងដឹងគុណយ៉ាងក្រៃលែង ប្រសិនបើឯកឧត្តមជម្រាបខ្ញុំអំពីវិធានការដែលបានអនុវត្តរួចមកហើយ។"),
        ),
        closing="ដោយក្តីគោរពដ៏ខ្ពង់ខ្ពស់",
        copies=("ស្ថានទូតកម្ពុជាប្រចាំទីក្រុងសេអ៊ូល",),
        copies_label="ចម្លងជូន",
    ),
    _letter(
        "ur",
        sender=("نیلم ساگر", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="سیول، 6 جنوری 2026",
        addressee=("MINISTER OF LAW AND JUSTICE", "PAKISTAN SECRETARIAT, S BLOCK", "ISLAMABAD", "PAKISTAN"),
        subject="ضمیر کی قیدی استانی تولوا میرن کی رہائی کی درخواست",
        salutation="محترم وزیرِ قانون صاحب،",
        body=(
            _paragraph(
                "میں سیول میں رہنے والی ایک استانی ہوں اور آپ کو تولوا میرن (Tolva Meren) کے بارے میں لکھ رہی ہوں۔ وہ ایک اسکول میں "
                "پڑھاتی تھیں اور 14 مارچ 2025 سے نیلی جھیل جیل میں صرف اس لیے قید ہیں کہ انہوں نے ایک عوامی جلسے میں نظم پڑھی تھی۔"
            ),
            _paragraph(
                "انہیں وارنٹ کے بغیر گرفتار کیا گیا اور وکیل سے ملنے کی اجازت نہیں دی گئی۔ 2 ستمبر کو عدالت نے صرف چالیس منٹ کی سماعت کے "
                "بعد انہیں سات سال قید کی سزا سنائی۔ ان کے گھر والے ",
                _emphasis("مہینے میں ایک بار"),
                "، دس منٹ کے لیے، شیشے کے پیچھے سے ان سے مل سکتے ہیں۔ انہیں ذیابیطس ہے مگر انسولین باقاعدگی سے نہیں ملتی۔",
            ),
            _paragraph(_strong("تولوا میرن ضمیر کی قیدی ہیں۔"), " میں ادب سے درخواست کرتی ہوں کہ آپ"),
            _items(
                "انہیں فوراً اور کسی شرط کے بغیر رہا کریں؛",
                "اس وقت تک انہیں ضروری علاج اور وکیل اور گھر والوں سے تنہائی میں ملاقات کا حق دلائیں؛",
                "حراست کے ابتدائی ہفتوں میں ان سے ہونے والے سلوک کی آزادانہ تحقیقات کرائیں۔",
            ),
            _own(
                "ایک استانی کی حیثیت سے میں ہر ہفتے اپنے شاگردوں کے ساتھ نظمیں پڑھتی ہوں۔ مجھے اکثر ان کی جماعت کے بچے یاد آتے ہیں جو اس صبح سے ان کے منتظر ہیں۔"
            ),
            _paragraph("اگر آپ مجھے بتا سکیں کہ اب تک کیا اقدامات کیے گئے ہیں تو میں شکر گزار ہوں گی۔"),
        ),
        closing="نیک تمناؤں کے ساتھ،",
        copies=("سفارت خانہ پاکستان، سیول",),
        copies_label="نقل برائے",
    ),
    _letter(
        "fr",
        sender=("Océane Montclair", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="Séoul, le 6 janvier 2026",
        addressee=("M. LE MINISTRE DE LA JUSTICE", "MINISTÈRE DE LA JUSTICE", "YAOUNDÉ", "CAMEROUN"),
        subject="Libération de Tolva Meren, enseignante et prisonnière d’opinion",
        salutation="Monsieur le Ministre,",
        body=(
            _paragraph(
                "Enseignante à Séoul, je m’adresse à vous au sujet de Tolva Meren, institutrice détenue à la prison du Lac "
                "bleu depuis le 14 mars 2025 pour le seul fait d’avoir lu un poème lors d’une réunion publique."
            ),
            _paragraph(
                "Elle a été arrêtée sans mandat et n’a pas été autorisée à rencontrer un avocat. Le 2 septembre, un tribunal "
                "l’a condamnée à sept ans de prison au terme d’une audience de quarante minutes. Sa famille ne peut la voir qu’",
                _emphasis("une fois par mois"),
                ", dix minutes, derrière une vitre. Diabétique, elle ne reçoit pas régulièrement d’insuline.",
            ),
            _paragraph(
                _strong("Tolva Meren est une prisonnière d’opinion."), " Je vous prie respectueusement de\u202f:"
            ),
            _items(
                "la libérer immédiatement et sans condition\u202f;",
                "veiller à ce que, d’ici là, elle reçoive les soins nécessaires et puisse rencontrer en privé son avocat et "
                "sa famille\u202f;",
                "ouvrir une enquête indépendante sur le traitement subi pendant les premières semaines de sa détention.",
            ),
            _own(
                "Chaque semaine, je lis des poèmes avec mes élèves. Je pense souvent aux enfants de sa classe, qui l’attendent "
                "depuis ce matin-là."
            ),
            _paragraph(
                "Votre pays s’est engagé par traité à protéger la liberté d’expression. Je vous saurais gré de bien vouloir "
                "m’informer des mesures prises."
            ),
        ),
        closing="Je vous prie d’agréer, Monsieur le Ministre, l’expression de ma haute considération.",
        copies=("Ambassade du Cameroun",),
        copies_label="Copie",
    ),
    _letter(
        "es",
        sender=("Marina Cielo Azul", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
        date="Seúl, 6 de enero de 2026",
        addressee=(
            "MINISTRO DE JUSTICIA",
            "MINISTERIO DE JUSTICIA Y DERECHOS HUMANOS",
            "SCIPIÓN LLONA 350, MIRAFLORES",
            "LIMA 15074",
            "PERÚ",
        ),
        subject="Libertad para Tolva Meren, maestra y presa de conciencia",
        salutation="Señor Ministro:",
        body=(
            _paragraph(
                "Soy maestra en Seúl y me dirijo a usted por el caso de Tolva Meren, maestra de escuela recluida en la prisión "
                "de Lago Azul desde el 14 de marzo de 2025 solo por haber leído un poema en una reunión pública."
            ),
            _paragraph(
                "Fue detenida sin orden judicial y no se le ha permitido ver a un abogado. El 2 de septiembre, un tribunal la "
                "condenó a siete años de cárcel tras una vista de cuarenta minutos. Su familia puede visitarla ",
                _emphasis("una vez al mes"),
                ", diez minutos y tras un cristal. Padece diabetes y no recibe insulina con regularidad.",
            ),
            _paragraph(_strong("Tolva Meren es una presa de conciencia."), " Le pido respetuosamente que"),
            _items(
                "la ponga en libertad de inmediato y sin condiciones;",
                "garantice que, hasta entonces, reciba la atención médica que necesita y pueda reunirse en privado con su "
                "abogado y su familia;",
                "abra una investigación independiente sobre el trato recibido en las primeras semanas de su detención.",
            ),
            _own(
                "Como maestra, leo poemas con mis alumnos todas las semanas. Pienso a menudo en los niños de su clase, que la "
                "esperan desde aquella mañana."
            ),
            _paragraph(
                "Su país se ha comprometido por tratado a proteger la libertad de expresión. Le agradecería que me informara "
                "de las medidas adoptadas."
            ),
        ),
        closing="Atentamente,",
        copies=("Embajada del Perú en la República de Corea",),
        copies_label="c. c.",
    ),
)

LETTERS: dict[str, Letter] = {letter.language: letter for letter in _ALL}
