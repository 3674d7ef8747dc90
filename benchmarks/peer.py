"""The peer: the plainest Flask view that makes a letter, one WeasyPrint call a request, under the same server."""

from __future__ import annotations

import sys

from flask import Flask, render_template_string, request
from waitress import serve
from weasyprint import HTML

PAGE = """
<html lang="{{ language }}"><head><title>Letter</title><style>
@page { size: A4; margin: 20mm } body { font: 11pt/1.4 "Noto Serif", "Noto Serif CJK KR", "Noto Naskh Arabic" }
</style></head><body>
{% for line in sender.splitlines() %}{{ line }}<br>{% endfor %}<p>{{ date }}</p>
{% for line in addressee.splitlines() %}{{ line }}<br>{% endfor %}
<p><b>{{ subject }}</b></p><p>{{ salutation }}</p>
{% for paragraph in body.split("\n\n") %}<p>{{ paragraph }}</p>{% endfor %}
<p>{{ closing }}</p><br><br><p>{{ name }}</p></body></html>
"""

app = Flask(__name__)


@app.post("/letter.pdf")
def letter():
    pdf = HTML(string=render_template_string(PAGE, **request.form.to_dict())).write_pdf()
    return app.response_class(pdf, mimetype="application/pdf")


@app.get("/")
def index():
    return "<!doctype html><title>Home</title><p>Letters"


if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=8)
