"""Somebody with a browser who remembers every address that the site led to."""

from __future__ import annotations

import re
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Visitor:
    """Opens pages and sends forms with the token of the page before; ``asked`` are all addresses that it led to."""

    def __init__(self, site: str) -> None:
        self._site = site
        self._browser = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
        self._token = ""
        self.asked: list[str] = []

    def open(self, address: str) -> str:
        return self._ask(Request(f"{self._site}{address}"))

    def send(self, address: str, values: dict[str, str]) -> str:
        """Send a form; what came back, whatever its status."""
        content = urlencode({"csrf_token": self._token, **values}).encode()
        return self._ask(Request(f"{self._site}{address}", content, {"Referer": f"{self._site}{address}"}))

    def _ask(self, request: Request) -> str:
        self.asked.append(request.full_url)
        try:
            answer = self._browser.open(request, timeout=60)
        except HTTPError as error:
            answer = error
        with answer:
            self.asked.append(answer.geturl())
            said = str(answer.read().decode(errors="replace"))
        if token := TOKEN.search(said):
            self._token = token[1]
        return said
