/** Rules of the comparison's page besides those of all reports. */
export const REPORT_STYLE = `
.verdict{border-left:6px solid var(--bar)}
.verdict.bad{border-left-color:var(--accent)}
.verdict p{margin:6px 0 0;font-size:17px;overflow-wrap:anywhere}
.sides{table-layout:fixed}
.sides th:first-child{width:30%}
.sides td,.sides thead th{text-align:left}
.group details{border-top:1px solid var(--line);padding:12px 0}
.group details:last-child{padding-bottom:0}
summary{cursor:pointer;font-weight:600;overflow-wrap:anywhere}
.why{margin:6px 0 10px;color:var(--soft);font-size:14px;overflow-wrap:anywhere}
.answers{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:16px}
.answers>div,.expected{border:1px solid var(--line);border-radius:8px;padding:10px 14px;background:var(--page)}
.expected{margin-bottom:12px}
.group h4{margin:0 0 4px;font-size:13px;font-weight:600;color:var(--soft)}
.group h4 small{font-weight:400;margin-left:6px}
.answers p,.expected p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
.figures{margin:8px 0 0;color:var(--soft);font-size:13px}
del{text-decoration:line-through;text-decoration-thickness:2px;background:#fde8e8;color:#8f1d1d}
ins{text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:3px;background:#dcf5e9;color:#0b5d3b}
@media (prefers-color-scheme:dark){del{background:#4a1f1f;color:#ffc9c9}ins{background:#12402c;color:#b5f2d3}}
@media (max-width:760px){.answers{grid-template-columns:1fr}}
@media print{.answers>div,.expected{border-radius:0}.group{break-inside:auto}details{break-inside:avoid}details::details-content{content-visibility:visible;display:block}del{background:none;color:#8f1d1d}ins{background:none;color:#0b5d3b}}
`.trim();
