import pytest
from django.urls import get_resolver, reverse
from tests.web.conftest import *
from tests.web.pages import taken_in, forms, stage

ODD = ["9"*30, "9"*19, "18446744073709551616", "0", "-1", "٣", "²", "9"*5000, "0001-01-01T00:00:00+23:59_1", "9999-12-31T23:59:59-23:59_1", "0001-01-01T00:00:00+00:00_1","\x00", "%", "'", "2026-11-02T00:00:00+00:00_9223372036854775807"]

@pytest.mark.django_db
def test_probe(root, anna, vera):
    from enduse.web.urls import urlpatterns
    root_ = root
    deal = taken_in(anna)
    names = ["before","after","about","q","who","status","outcome","stage","step","find","party","row","permit","show","role","index","all","language","next"]
    bad=[]
    pages=[]
    for p in urlpatterns:
        ints=[n for n,c in p.pattern.converters.items() if type(c).__name__=="IntConverter"]
        others=[n for n in p.pattern.converters if n not in ints]
        if others: print("other", p.pattern, others); continue
        try: base=reverse(p.name, kwargs={**{n: deal for n in ints}, **({"stage":p.default_args["stage"]} if 0 else {})})
        except Exception as e:
            base="/"+str(p.pattern).replace("<int:pk>",str(deal)).replace("<int:file>","1").replace("<int:account>","1")
        pages.append(base)
        if ints:
            for val in ("9"*30, "9"*19,"9"*5000):
                import re
                url="/"+re.sub(r"<int:\w+>", val, str(p.pattern)).lstrip("/")
                for m in (anna, root, vera):
                    for method in ("get","post"):
                        m.client.raise_request_exception=False
                        r=getattr(m.client,method)(url)
                        if r.status_code>=500: bad.append((url[:60],m.name,method,r.status_code, repr(getattr(r,'exc_info',None))[:120]))
    for url in dict.fromkeys(pages):
        if "logout" in url: continue
        for n in names:
            for v in ODD:
                for m in (anna, root):
                    m.client.raise_request_exception=False
                    r=m.client.get(url,{n:v})
                    if r.status_code>=500: bad.append((url,n,v[:40],m.name,r.status_code, repr(getattr(r,'exc_info',None))[:160]))
    for b in bad: print(b)
    assert not bad, len(bad)
