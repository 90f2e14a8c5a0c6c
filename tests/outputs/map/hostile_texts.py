"""Texts that attack a page: what articles, titles, sources and gazetteers may hold.

``CANARY`` is the environment variable, ``top.hacked`` the property that a successful one sets.
"""

CANARY = "GEOMAP_TEST_CANARY"
_SET = "cycler.__init__.__globals__.os.environ.update({'" + CANARY + "': '1'})"

MARKUP = (
    "</script><script>top.hacked = 1</script>",
    "</ScRiPt ><script>top.hacked=1</script >",
    "<script>top.hacked=1</script>",
    "<script src=data:,top.hacked=1></script>",
    "<script type=module>top.hacked=1</script>",
    "<img src=x onerror=top.hacked=1>",
    "<img/src=x/onerror=top.hacked=1>",
    "<IMG SRC=javascript:top.hacked=1>",
    "<svg onload=top.hacked=1>",
    "<svg><script>top.hacked=1</script></svg>",
    "<svg><animate onbegin=top.hacked=1 attributeName=x dur=1s>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=top.hacked=1>#x'/></svg>",
    "<math><mglyph><style><!--</style><img title='--><img src=x onerror=top.hacked=1>'>",
    "<body onload=top.hacked=1>",
    "<iframe srcdoc='<script>top.hacked=1</script>'></iframe>",
    "<iframe src=javascript:top.hacked=1></iframe>",
    "<object data=javascript:top.hacked=1></object>",
    "<embed src=data:text/html,<script>top.hacked=1</script>>",
    "<base href=https://example.invalid/>",
    "<meta http-equiv=refresh content='0;url=data:text/html,x'>",
    "<link rel=stylesheet href=https://example.invalid/x.css>",
    "<form action=https://example.invalid/><button>x</button></form>",
    "<details open ontoggle=top.hacked=1>",
    "<input autofocus onfocus=top.hacked=1>",
    "<video><source onerror=top.hacked=1></video>",
    "<marquee onstart=top.hacked=1>",
    "<template><script>top.hacked=1</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=top.hacked=1>'>",
    "<plaintext>",
    "<!--map--><!--<script>",
    "<!-- --!><img src=x onerror=top.hacked=1>",
    "<![CDATA[<img src=x onerror=top.hacked=1>]]>",
    "</title><script>top.hacked=1</script>",
    "</textarea><script>top.hacked=1</script>",
    "</option></select><script>top.hacked=1</script>",
    "' onclick='top.hacked=1' \" autofocus onfocus=\"top.hacked=1",
    '" onmouseover="top.hacked=1" x="',
    "&lt;img src=x onerror=top.hacked=1&gt;",
    "&#60;script&#62;top.hacked=1&#60;/script&#62;",
    "＜script＞top.hacked=1＜/script＞",
)
SCRIPT = (
    "${top.hacked = 1}",
    "`+(top.hacked = 1)+`",
    "\\`;top.hacked = 1//",
    "\\u0060;top.hacked=1//",
    "\\",
    "\\\\'; top.hacked=1; //",
    "');top.hacked=1;//",
    "javascript:top.hacked=1",
    "JaVaScRiPt&colon;top.hacked=1",
    "data:text/html,<script>top.hacked=1</script>",
    "vbscript:x",
    'https://example.invalid/"onclick="top.hacked=1',
    "https://user:word@example.invalid:99999/",
    "https://[",
    "__proto__",
    "constructor",
    "toString",
)
TEMPLATE = (
    "{{ 7 * 7 }}",
    "{% for x in 'a' %}{% endfor %}",
    "{# never closed",
    "{% raw %}",
    "{{ " + _SET + " }}",
    "{{ this.__class__.__init__.__globals__ }}",
    "{%- set x = " + _SET + " -%}",
    "{{n}} {all} {who} {0} {",
    "%s %(x)s %n",
)
STYLE = (
    "]]></style><style>*{display:none}",
    "<style>@import 'https://example.invalid/x.css';</style>",
    "x;background:url(https://example.invalid/x)",
    "<p style=background:url(javascript:top.hacked=1)>",
)
LETTERS = (
    "a\u2028b\u2029c",
    "\u202egnp.exe\u2066",
    "\u202a\u202b\u202d\u2067\u2068 no end",
    "\u200b\u200c\u200d\ufeff\u2060",
    "مدينة <b>حلب</b>",
    "e\u0301" * 60,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "=cmd|'/c calc'!A1",
    "a\x07b\x1bc\x7fd\x85e",
    "../../etc/passwd",
)
HOSTILE = (*MARKUP, *SCRIPT, *TEMPLATE, *STYLE, *LETTERS)

# What no page can hold as it is, or only at length.
NUL, SURROGATE, HUGE = (
    "a\x00b<img src=x onerror=top.hacked=1>",
    "a\ud800b\udfffc",
    "<b>{{x}}" * 130_000,
)
