import { type Draft, lines, note, paragraphs, said } from './draft';

// Put together here, so that no scanner takes the file for a leak. They open nothing.
const FAKE_API_CREDENTIAL = ['sk', 'proj', 'Q7bTz4Lm9XwR2vKc8NfJ1sHd'].join('-');
const FAKE_PASS = ['Sommer', '2026', '!kiosk'].join('');

/** Texts that are hard to convert, to mask or to leave out. */
export const NASTY: Draft[] = [
	{
		// A table, with a pipe in a cell.
		subject: 'Which printer is on which floor?',
		requester: 'grace',
		agent: 'tomas',
		status: 'closed',
		resolution: 'answered',
		category: 'hardware',
		tags: ['printer', 'berlin'],
		priority: 'low',
		traits: ['table'],
		messages: [
			said(
				'grace',
				'2025-09-08 09:14',
				'I moved from the first to the third floor and my documents still come out downstairs. Is there a list of the printers in Berlin?',
			),
			said(
				'tomas',
				'2025-09-08 10:02',
				paragraphs(
					'Hello Grace, here is the list. The queue name is what you see when you add a printer.',
					lines(
						'| Floor | Queue | Prints |',
						'| --- | --- | --- |',
						'| Ground | `BER-0-MAIL` | labels \\| shipping papers |',
						'| 1 | `BER-1-NORTH` | A4, black and white |',
						'| 3 | `BER-3-SOUTH` | A4 and A3, colour |',
					),
					'Open **Settings > Printers > Add**, type `BER-3-SOUTH` and choose *Make default*. You can remove the old queue afterwards.',
				),
			),
			said('grace', '2025-09-08 10:20', 'Works, thanks!'),
		],
		rating: 'good',
	},
	{
		// A code block whose content looks like markup, and a log.
		subject: 'Nightly stock export fails with exit code 2',
		requester: 'lukas',
		agent: 'jonas',
		status: 'solved',
		resolution: 'fixed',
		category: 'software',
		tags: ['warehouse', 'export'],
		priority: 'high',
		traits: ['code', 'log'],
		messages: [
			said(
				'lukas',
				'2025-09-15 06:41',
				paragraphs(
					'Since Friday the export from the warehouse system stops halfway. This is the end of the log:',
					lines(
						'```',
						'2025-09-15 02:00:01 INFO  export started (rows=18240)',
						'2025-09-15 02:03:12 WARN  slow query: SELECT * FROM stock WHERE qty < 0 AND site = "BER*"',
						'2025-09-15 02:03:47 ERROR cannot write /mnt/customer/export.tmp: No space left on device',
						'2025-09-15 02:03:47 ERROR exit 2',
						'```',
					),
					'I did not change anything.',
				),
			),
			said(
				'jonas',
				'2025-09-15 07:30',
				paragraphs(
					'The share is full, not the database: old exports were never removed. I freed 40 GB, and the export of this morning went through at 07:20.',
					'So that it does not happen again, put this line at the top of your script. It deletes exports older than 14 days:',
					lines(
						'```bash',
						"find /mnt/customer -name 'export-*.csv' -mtime +14 -delete",
						'if [ "$(df --output=pcent /mnt/customer | tail -1 | tr -d \' %\')" -gt 90 ]; then',
						'\techo "<b>share nearly full</b>" | mail -s "*disk*" warehouse-it@alderbrook.example',
						'fi',
						'```',
					),
				),
			),
		],
	},
	{
		// Internal notes that must not reach a model.
		subject: 'Account locked three times this week',
		requester: 'farid',
		agent: 'priya',
		status: 'closed',
		resolution: 'fixed',
		category: 'access',
		tags: ['account', 'lockout'],
		priority: 'high',
		traits: ['internalNote'],
		messages: [
			said(
				'farid',
				'2025-10-06 07:55',
				'My account is locked again, the third time since Monday. I am sure that I type the password correctly.',
			),
			note(
				'priya',
				'2025-10-06 08:05',
				'INTERNAL-ONLY-7F3A: he is on the list for the restructuring in January, do not mention the account review.',
			),
			said(
				'priya',
				'2025-10-06 08:31',
				'An old phone still tries to fetch mail with the password from before your change and locks the account each time. Please remove the mail account from the old phone, or switch the phone off. I unlocked you at 08:30.',
			),
			note('jonas', '2025-10-06 09:00', 'Sign-in log shows device "Farid Galaxy S9", 214 tries.'),
			said('farid', '2025-10-06 12:10', 'The old phone was in a drawer, charging. No lock since.'),
		],
		rating: 'good',
	},
	{
		// Secrets and personal data in a question, some in the answer.
		subject: 'Corporate card declined, details inside',
		requester: 'rafael',
		agent: 'owen',
		status: 'solved',
		resolution: 'fixed',
		category: 'payroll',
		tags: ['card', 'travel'],
		priority: 'urgent',
		traits: ['secret', 'personalData'],
		messages: [
			said(
				'rafael',
				'2025-10-13 18:22',
				lines(
					'My company card 4111 1111 1111 1111 (expires 04/28) is declined by the hotel in Zurich. Please pay the deposit from IBAN DE89 3704 0044 0532 0130 00 instead.',
					'You can call me at +49 30 23125 417 or at my private address, Kastanienallee 42, 10435 Berlin. Born 14.03.1987 if the bank asks.',
				),
			),
			said(
				'owen',
				'2025-10-13 18:50',
				'The card was at its limit for the day. I raised it to 1,500 euros until Friday, so simply try again. Please do not send card or account numbers in a ticket: the last four digits are enough for us.',
			),
			said('rafael', '2025-10-13 19:05', 'It went through. Sorry about the numbers.'),
		],
	},
	{
		subject: 'Report script says 401 since the weekend',
		requester: 'noah',
		agent: 'jonas',
		status: 'closed',
		resolution: 'fixed',
		category: 'software',
		tags: ['api', 'report'],
		priority: 'normal',
		traits: ['secret', 'code'],
		messages: [
			said(
				'noah',
				'2025-10-20 09:33',
				paragraphs(
					'The script for the weekly report gets 401. I use these:',
					lines(
						'```ini',
						`api_key = ${FAKE_API_CREDENTIAL}`,
						'user = kiosk-report',
						`password = ${FAKE_PASS}`,
						'host = 10.20.4.17',
						'```',
					),
				),
			),
			said(
				'jonas',
				'2025-10-20 10:12',
				'Access of scripts ends after 180 days, yours did on Saturday. I revoked the old one, because it stood in this ticket, and put a new one into your vault under **kiosk-report**. Let the script read it from there and it will survive the next change as well.',
			),
		],
	},
	{
		// Right-to-left text.
		subject: 'لا أستطيع فتح بوابة الإجازات',
		requester: 'amira',
		agent: 'ines',
		status: 'closed',
		resolution: 'answered',
		category: 'policies',
		tags: ['leave', 'portal'],
		priority: 'normal',
		language: 'ar',
		traits: ['rightToLeft'],
		messages: [
			said(
				'amira',
				'2025-10-27 08:02',
				'مرحبا، عندما أفتح بوابة الوقت (time portal) تظهر لي صفحة فارغة. أريد تقديم طلب إجازة من 3 إلى 14 نوفمبر.',
			),
			said(
				'ines',
				'2025-10-27 09:45',
				'مرحبا أميرة، البوابة لا تعمل مع الإصدارات القديمة من المتصفح. حدّثي المتصفح من متجر الشركة ثم أعيدي المحاولة. يجب تقديم الطلب قبل أسبوعين على الأقل، وسأوافق استثناءً هذه المرة مع مديرك.',
			),
			said('amira', '2025-10-27 10:15', 'شكرا جزيلا، نجح الأمر!'),
		],
	},
	{
		// Emoji with joiners, skin tones, flags and keycaps.
		subject: 'Emoji in the badge photo tool 🙈',
		requester: 'clara',
		agent: 'tomas',
		status: 'closed',
		resolution: 'fixed',
		category: 'software',
		tags: ['badge', 'photo'],
		priority: 'low',
		traits: ['emoji'],
		messages: [
			said(
				'clara',
				'2025-11-03 13:37',
				'My display name was "Clara 👩🏽‍💻" and now the badge tool shows a box with a question mark and will not print 😩. Same for the team "Family 👨‍👩‍👧‍👦 & Friends 🇩🇪 1️⃣".',
			),
			said(
				'tomas',
				'2025-11-03 14:20',
				'The badge printer has no emoji 🙂. I set both names back to plain letters, your badge is ready at the desk on the ground floor. In chat you can keep the 👩🏽‍💻 as part of your status.',
			),
			said('clara', '2025-11-03 14:31', '👍🏼'),
		],
	},
	{
		// 100 KB in one comment.
		subject: 'Label printer writes the same line for ever',
		requester: 'ben',
		agent: 'jonas',
		status: 'solved',
		resolution: 'fixed',
		category: 'hardware',
		tags: ['printer', 'labels'],
		priority: 'high',
		traits: ['long', 'log'],
		messages: [
			said(
				'ben',
				'2025-11-10 05:12',
				paragraphs(
					'The label printer at dock 4 does not stop. The whole log:',
					lines(
						'```',
						'05:02:11 ZPL in  ^XA^FO50,50^ADN,36,20^FDALDERBROOK DOCK 4^FS^XZ retry=1\n'.repeat(
							1_430,
						) + '05:11:59 buffer full',
						'```',
					),
				),
				{ attachments: ['dock4-log.txt', 'dock4 photo.jpg'] },
			),
			said(
				'jonas',
				'2025-11-10 06:25',
				'The printer answered too late, so the driver sent the label again and again. Switch it off, hold **Feed** and **Cancel** while switching it on (this clears its memory), and set *Retries* to 3 in the driver. I did the same at docks 1 to 3 over the network.',
			),
			said('ben', '2025-11-10 07:02', 'Quiet since then.'),
		],
	},
];
