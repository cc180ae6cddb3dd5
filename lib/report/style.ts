/** Style of the report: light and dark by the reader's setting, on paper always light. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--page:#f6f8f8;--card:#fff;--ink:#15211f;--soft:#5b6b68;--line:#dfe7e5;--bar:#0f766e;--accent:#b45309}
@media (prefers-color-scheme:dark){:root{--page:#0e1514;--card:#172120;--ink:#e7efed;--soft:#9db0ac;--line:#2b3937;--bar:#2dd4bf;--accent:#fbbf24}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-width:1120px;margin:0 auto;padding:40px 24px 56px}
header{border-bottom:3px solid var(--bar);padding-bottom:16px;margin-bottom:24px}
h1{margin:0;font-size:28px;line-height:1.2;letter-spacing:-.01em;overflow-wrap:anywhere}
header p{margin:6px 0 0;color:var(--soft);overflow-wrap:anywhere}
h2{margin:0 0 2px;font-size:18px}
.note{margin:0 0 14px;color:var(--soft);font-size:14px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(160px,1fr));gap:12px;margin:0 0 24px;padding:0}
.tiles div{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 16px}
.tiles dt{color:var(--soft);font-size:13px}
.tiles dd{margin:2px 0 0;font-size:24px;font-weight:650;font-variant-numeric:tabular-nums}
.tiles small{display:block;font-size:13px;font-weight:400;color:var(--soft)}
section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:20px;margin:0 0 16px;break-inside:avoid}
.pair{display:grid;grid-template-columns:minmax(0,1.7fr) minmax(240px,1fr);gap:24px;align-items:start}
.two{display:grid;grid-template-columns:1fr 1fr;gap:24px;align-items:start}
figure{margin:0}
svg{display:block;width:100%;height:auto;font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.bar{fill:var(--bar)}
.bar.beyond{fill:var(--accent)}
.grid{stroke:var(--line);stroke-width:1}
.tick,.axis{fill:var(--soft);font-variant-numeric:tabular-nums}
.label{fill:var(--ink)}
.scroll{max-height:300px;overflow:auto}
.two .scroll{margin-top:14px}
table{width:100%;border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);font-size:13px;padding-bottom:4px}
th,td{padding:4px 8px;border-bottom:1px solid var(--line);text-align:right;vertical-align:top;overflow-wrap:anywhere}
th:first-child,td:first-child{text-align:left;padding-left:0}
th{font-weight:600}
thead th{color:var(--soft);font-weight:500}
tbody th{font-weight:400}
footer{color:var(--soft);font-size:13px;margin-top:24px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media (max-width:760px){.pair,.two{grid-template-columns:1fr}main{padding:24px 14px}}
@media print{:root{color-scheme:light;--page:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#ccc;--bar:#0f766e}
body{font-size:11pt}main{max-width:none;padding:0}section,.tiles div{border-radius:0}.scroll{max-height:none;overflow:visible}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`.trim();
