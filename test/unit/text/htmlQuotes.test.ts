import { type HtmlOptions, htmlToMarkdown } from '../../../lib/text/html';

const markdown = (html: string, options?: HtmlOptions) => htmlToMarkdown(html, options).text;

describe('quoted mails and signatures', () => {
	const cases: Array<[string, string]> = [
		[
			'Gmail',
			'<div dir="ltr">Yes.<br clear="all">-- <br><div class="gmail_signature" data-smartmail="gmail_signature">Jane</div></div><br><div class="gmail_quote gmail_quote_container"><div class="gmail_attr">On Mon, Jane wrote:<br></div><blockquote class="gmail_quote"><div>Old<div>er</div></div></blockquote></div>',
		],
		[
			'Outlook on the web',
			'<div class="elementToProof">Yes.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Jane</div><div>Old</div><p>er</p>',
		],
		[
			'Outlook, forwarded through another one',
			'<div>Yes.</div><div id="x_x_divRplyFwdMsg">From</div>Old',
		],
		[
			'Apple Mail',
			'<div>Yes.</div><blockquote type="cite"><div>On 1 Jan, Jane wrote:</div><div>Old</div></blockquote>',
		],
		[
			'Thunderbird',
			'<p>Yes.</p><div class="moz-cite-prefix">Am 19.01. schrieb Jane:<br></div><blockquote type="cite" cite="mid:1"><p>Old</p></blockquote><div class="moz-signature">-- <br>Jane</div>',
		],
		['Yahoo', '<div>Yes.</div><div class="ydp1 yahoo_quoted"><div>Old</div></div>'],
		['Proton', '<div>Yes.</div><div class="protonmail_quote">Old<blockquote>er</blockquote></div>'],
		[
			'a signature of Outlook',
			'<div>Yes.</div><div id="Signature"><p>Jane</p><table><tr><td>IT</table></div>',
		],
		[
			'a signature of Zendesk',
			'<div class="zd-comment" dir="auto"><p>Yes.</p><div class="signature"><p>Jane</p></div></div>',
		],
	];

	test.each(cases)('%s', (_, html) => {
		expect(markdown(html)).toBe('Yes.');
		const whole = markdown(html, { stripQuotes: false });
		expect(whole).toMatch(/^Yes\./);
		expect(whole).toMatch(/Old|Jane/);
	});

	test('answers between quotes stay', () => {
		expect(
			markdown(
				'<blockquote type="cite">a?</blockquote><p>Yes.</p><blockquote type="cite">b?</blockquote><p>No.</p>',
			),
		).toBe('Yes.\n\nNo.');
	});

	test('what is nothing but a quote stays', () => {
		expect(markdown('<div class="gmail_quote">Forwarded: the printer burns.</div>')).toBe(
			'Forwarded: the printer burns.',
		);
		expect(markdown('<div id="divRplyFwdMsg">From: Jane</div><p>Old</p>')).toBe(
			'From: Jane\n\nOld',
		);
	});

	test('a quote without an end tag ends with what it stands in', () => {
		expect(
			markdown('<table><tr><td>a<td><div class="gmail_quote">b<tr><td>c<td>d</table>e'),
		).not.toContain('b');
		expect(
			markdown(
				'<div>a<div class="gmail_quote">b</div></div>c<div><span class="gmail_quote">d</div>e',
			),
		).toBe('a\nc\ne');
	});

	test('a forwarded mail stays', () => {
		const mail =
			'<div dir="ltr">Please look.<br><div class="gmail_quote gmail_quote_container"><div class="gmail_attr">---------- Forwarded message ---------<br>From: <strong>J</strong><br></div><p>It burns.</p></div></div>';
		expect(markdown(mail)).toContain('It burns.');
		expect(markdown(mail)).toMatch(/^Please look\./);
		expect(markdown('a<div class="gmail_quote">-----Original Message-----<br>b</div>')).toBe('a');
	});

	test('files in quotes do not count', () => {
		expect(
			htmlToMarkdown('a<blockquote type="cite"><img src="cid:x.png"></blockquote>').attachments,
		).toEqual([]);
	});
});
