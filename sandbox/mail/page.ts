import type { Mail } from './index';

/** All mails, newest first. Their HTML is shown in frames that may run nothing. */
export function inboxPage(messages: readonly Mail[]): string {
	const mails = [...messages].reverse().map(mailView).join('\n');
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="10">
<title>Mailbox of the sandbox (${messages.length})</title>
<style>
	:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
	body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
	article { border: 1px solid #8884; border-radius: .5rem; padding: 1rem 1.25rem; margin: 1rem 0; }
	h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin: 0; }
	dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .75rem; margin: .25rem 0 1rem; }
	dt { opacity: .7; } dd { margin: 0; }
	iframe { width: 100%; min-height: 14rem; border: 0; background: #fff; border-radius: .25rem; }
	pre { white-space: pre-wrap; margin: 0; }
</style>
<main>
<h1>Mailbox of the sandbox</h1>
<p>Every mail that a workflow sends here stays on this machine. The page looks again every 10 seconds.</p>
${mails || '<p>No mail has come yet. The ticket workflow sends one when its job has ended.</p>'}
</main>
</html>`;
}

function mailView({ from, to, subject, text, html, attachments, receivedAt }: Mail): string {
	const body = html
		? `<iframe sandbox="" title="${escaped(subject)}" srcdoc="${escaped(html)}"></iframe>`
		: `<pre>${escaped(text)}</pre>`;
	const files =
		attachments.length > 0 ? `<dt>Files</dt><dd>${escaped(attachments.join(', '))}</dd>` : '';
	return `<article>
<h2>${escaped(subject)}</h2>
<dl><dt>From</dt><dd>${escaped(from)}</dd><dt>To</dt><dd>${escaped(to.join(', '))}</dd><dt>At</dt><dd><time>${receivedAt}</time></dd>${files}</dl>
${body}
</article>`;
}

function escaped(text: string): string {
	const entities: Record<string, string> = {
		'&': '&amp;',
		'<': '&lt;',
		'>': '&gt;',
		'"': '&quot;',
	};
	return text.replace(/[&<>"]/g, (character) => entities[character]);
}
