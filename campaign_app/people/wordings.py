"""What people agree to, word for word: the current wording of each consent, in English and Korean.

Whoever changes a wording gives it a new version. A consent that was given keeps the words it was given in.
"""

from __future__ import annotations

from dataclasses import dataclass

from campaign_app.people.models import Purpose


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a consent by language, and the version they are known under."""

    version: str
    words: dict[str, str]


LANGUAGES = ("en", "ko")
WORDINGS = {
    Purpose.LETTERS: Wording(
        "2026-11",
        {
            "en": "The group may make letters in my name to the authorities of campaigns that I know of, and print my "
            "name and my letter address on them. I sign each letter myself. I can withdraw this at any time.",
            "ko": "모임은 내가 알고 있는 캠페인의 편지를 내 이름으로 작성하고, 내 이름과 편지용 주소를 "
            "인쇄할 수 있습니다. 편지에는 내가 직접 서명합니다. 이 동의는 언제든지 철회할 수 있습니다.",
        },
    ),
    Purpose.CONTACT: Wording(
        "2026-11",
        {
            "en": "The group may write to me or call me about its meetings and campaigns, with the contact details "
            "that I gave. They are given to nobody else. I can withdraw this at any time.",
            "ko": "모임은 내가 알려 준 연락처로 모임과 캠페인에 관하여 나에게 연락할 수 있습니다. "
            "연락처는 다른 누구에게도 제공되지 않습니다. 이 동의는 언제든지 철회할 수 있습니다.",
        },
    ),
    Purpose.NEWS: Wording(
        "2026-11",
        {
            "en": "The group may tell me what became of the cases that I wrote for. I can withdraw this at any time.",
            "ko": "모임은 내가 편지를 쓴 사건의 경과를 나에게 알려 줄 수 있습니다. "
            "이 동의는 언제든지 철회할 수 있습니다.",
        },
    ),
}
