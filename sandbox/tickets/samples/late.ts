import { type Draft, lines, paragraphs, said } from './draft';

/** The newest tickets: what a second run of a workflow finds in addition. */
export const LATE: Draft[] = [
	{
		subject: 'Canteen card does not load',
		requester: 'chloe',
		agent: 'hana',
		status: 'solved',
		resolution: 'fixed',
		category: 'facilities',
		tags: ['canteen', 'badge'],
		priority: 'normal',
		messages: [
			said('chloe', '2026-09-14 11:40', 'The machine takes my 20 euros and shows a balance of 0.'),
			said(
				'hana',
				'2026-09-14 12:30',
				'The machine on the ground floor was not connected since Friday and booked nothing. Your 20 euros are on the badge now: hold it against the reader at the till once. Whoever had the same gets the money by tonight without asking.',
			),
		],
	},
	{
		subject: 'Salary not on my account on the 27th',
		requester: 'mira',
		agent: 'owen',
		status: 'closed',
		resolution: 'answered',
		category: 'payroll',
		tags: ['salary'],
		priority: 'high',
		messages: [
			said(
				'mira',
				'2026-09-28 07:10',
				'Today is the 28th and I have no salary on my account. Yesterday was Sunday, I know, but still.',
			),
			said(
				'owen',
				'2026-09-28 07:45',
				'As the 27th was a Sunday, salaries were sent on Friday the 25th. Yours came back because the account in your file was closed. Enter the new IBAN under "My data" in the payroll portal before 10:00 and I send it again today; it arrives tomorrow.',
			),
			said('mira', '2026-09-28 08:02', 'Done. I forgot to change it there.'),
		],
		rating: 'good',
	},
	{
		subject: 'Q3 survey link says it was used already',
		requester: 'grace',
		agent: 'ines',
		status: 'closed',
		resolution: 'answered',
		category: 'policies',
		tags: ['survey'],
		priority: 'low',
		messages: [
			said(
				'grace',
				'2026-10-05 13:33',
				'The link of the workplace survey tells me that I answered already, which I did not. Can somebody see who did?',
			),
			said(
				'ines',
				'2026-10-05 14:10',
				'Nobody can, the answers are anonymous. Usually a forwarded invitation was opened by a colleague. People Insights can send you a fresh link: write to people-insights@alderbrook.example. The first answer with your old link is removed then.',
			),
		],
	},
	{
		subject: 'Access to the warehouse system for a temp',
		requester: 'lukas',
		agent: 'priya',
		status: 'closed',
		resolution: 'answered',
		category: 'access',
		tags: ['account', 'temp'],
		priority: 'normal',
		messages: [
			said(
				'lukas',
				'2026-10-12 06:20',
				'From Thursday on we have four temps for the peak season. Can they share one account in the warehouse system?',
			),
			said(
				'priya',
				'2026-10-12 07:40',
				paragraphs(
					'Shared accounts are not possible, since every booking must show who made it. But it is quick:',
					lines(
						'1. Fill in "Temporary access" in the service desk with the names and the last day.',
						'2. Print the four codes that you get and hand them out.',
						'3. Each of them signs in at a scanner with the code. Nothing is needed but that.',
					),
					'The accounts end by themselves on the day you gave.',
				),
			),
		],
		rating: 'good',
	},
	{
		subject: 'Phone booth on the second floor is always "occupied"',
		requester: 'daniel',
		agent: 'hana',
		status: 'solved',
		resolution: 'fixed',
		category: 'facilities',
		tags: ['meeting-room', 'phone-booth'],
		priority: 'low',
		messages: [
			said('daniel', '2026-11-09 10:12', 'The new booth 2 shows red although nobody is in it.'),
			said(
				'hana',
				'2026-11-09 11:00',
				'Its sensor saw the coat that hung inside. I moved the hook out of its sight and set it free. If a booth is red and empty again, touch "Release" on the panel for three seconds.',
			),
		],
	},
	{
		subject: 'Cannot join the all-hands stream',
		requester: 'clara',
		status: 'open',
		category: 'software',
		tags: ['stream'],
		priority: 'urgent',
		traits: ['unresolved', 'noAnswer'],
		messages: [
			said(
				'clara',
				'2026-11-19 13:02',
				'The stream of the all-hands asks for a code that I do not have!',
			),
		],
	},
];
