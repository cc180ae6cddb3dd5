import { type Draft, lines, said } from './draft';

/** Tickets about mail, and such as came by mail with all that mail programs add. */
export const EMAIL: Draft[] = [
	{
		// Gmail: the quoted thread below the answer, and a signature above it.
		subject: 'Re: Shared mailbox for the returns team',
		requester: 'chloe',
		agent: 'priya',
		status: 'closed',
		resolution: 'fixed',
		category: 'email',
		tags: ['mailbox', 'shared'],
		priority: 'normal',
		traits: ['mailQuote', 'signature'],
		messages: [
			said(
				'chloe',
				'2025-09-22 11:05',
				'Could you set up a shared mailbox returns@alderbrook.example for the five of us in the returns team? We want to answer from that address.',
			),
			said(
				'priya',
				'2025-09-22 13:40',
				lines(
					'The mailbox is there. Restart Outlook and it appears below your own one. To answer from it, choose *From* in the message and pick returns@alderbrook.example; the first time you have to type it in.',
					'',
					'On Mon, 22 Sep 2025 at 13:05, Chloe Bennett <chloe.bennett@alderbrook.example> wrote:',
					'> Could you set up a shared mailbox for the five of us?',
				),
				{
					html: '<div dir="ltr">The mailbox is there. Restart Outlook and it appears below your own one. To answer from it, choose <i>From</i> in the message and pick <a href="mailto:returns@alderbrook.example">returns@alderbrook.example</a>; the first time you have to type it in.<br clear="all"><div><br></div>-- <br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div>Priya Raman</div><div>Service Desk, extension 4000</div></div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, 22 Sep 2025 at 13:05, Chloe Bennett &lt;<a href="mailto:chloe.bennett@alderbrook.example">chloe.bennett@alderbrook.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex"><div>Could you set up a shared mailbox for the five of us?</div></blockquote></div>',
				},
			),
			said(
				'chloe',
				'2025-09-22 14:10',
				lines('All five can send from it now.', '', 'Sent from my iPhone'),
			),
		],
	},
	{
		// Outlook: everything below divRplyFwdMsg is quoted.
		subject: 'Invoice portal rejects our VAT number',
		requester: 'dana',
		agent: 'owen',
		status: 'closed',
		resolution: 'answered',
		category: 'payroll',
		tags: ['supplier', 'invoice'],
		priority: 'normal',
		traits: ['mailQuote', 'signature'],
		messages: [
			said(
				'dana',
				'2025-09-29 15:20',
				'The portal for suppliers says "VAT number not valid" although it is the one on all our invoices. We would like to be paid this month.',
			),
			said(
				'owen',
				'2025-09-30 08:15',
				lines(
					'Dear Ms Whitlock, the portal wants the number with the country code and without spaces, so GB123456789 and not 123 4567 89. Invoices that arrive by the 20th are paid on the 5th of the next month.',
					'',
					'________________________________',
					'From: Dana Whitlock <dana@whitlock-labels.example>',
					'Sent: Monday, September 29, 2025 5:20 PM',
					'To: Accounts <accounts@alderbrook.example>',
					'Subject: Invoice portal rejects our VAT number',
					'',
					'The portal for suppliers says "VAT number not valid".',
				),
				{
					html: '<html><head><style>p{margin:0}</style></head><body dir="ltr"><div class="elementToProof">Dear Ms Whitlock, the portal wants the number with the country code and without spaces, so GB123456789 and not 123&nbsp;4567&nbsp;89. Invoices that arrive by the 20th are paid on the 5th of the next month.</div><div id="appendonsend"></div><hr tabindex="-1" style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>From:</b> Dana Whitlock &lt;dana@whitlock-labels.example&gt;<br><b>Sent:</b> Monday, September 29, 2025 5:20 PM<br><b>To:</b> Accounts &lt;accounts@alderbrook.example&gt;<br><b>Subject:</b> Invoice portal rejects our VAT number</font><div>&nbsp;</div></div><div><p>The portal for suppliers says &quot;VAT number not valid&quot;.</p></div></body></html>',
				},
			),
			said('dana', '2025-09-30 09:02', 'That was it. The invoice is in.'),
		],
	},
	{
		subject: 'Outlook search finds nothing older than a week',
		requester: 'grace',
		agent: 'priya',
		status: 'closed',
		resolution: 'fixed',
		category: 'email',
		tags: ['outlook', 'search'],
		priority: 'normal',
		messages: [
			said(
				'grace',
				'2026-04-20 11:08',
				'When I search my mail, only the last seven days are found.',
			),
			said(
				'priya',
				'2026-04-20 11:30',
				'Outlook keeps only part of the mailbox on the laptop and searches just that. Below the results choose "Find more on the server". To have more at hand, set **File > Account settings > Change > Mail to keep offline** to 12 months and leave Outlook open over lunch.',
			),
		],
	},
	{
		subject: 'Phishing test or real?',
		requester: 'farid',
		agent: 'jonas',
		status: 'closed',
		resolution: 'answered',
		category: 'email',
		tags: ['phishing'],
		priority: 'high',
		messages: [
			said(
				'farid',
				'2026-06-15 08:11',
				'I clicked a link in a mail about a parcel and typed my password before I noticed. Was this one of your tests?',
			),
			said(
				'jonas',
				'2026-06-15 08:13',
				"It was no test. I locked your account a minute ago. Call the security hotline at extension 4040 now, from the phone and not from the laptop, and switch the laptop's Wi-Fi off but leave it running. The colleagues unlock you after a new password; telling us at once was right.",
			),
		],
	},
];
