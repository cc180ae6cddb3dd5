import { type Draft, note, said } from './draft';

const LOST_PHONE =
	'I lost my phone and with it the second factor. How do I get into my account now?';
const LOST_PHONE_ANSWER =
	'Call the service desk at extension 4000. After a video check with your badge you get a code that is valid for one day. With it you sign in once and register the new phone under "Security" in your account.';

/** Requests that were made more than once, word for word or nearly. */
export const DUPLICATES: Draft[] = [
	{
		subject: 'Lost phone',
		requester: 'sofia',
		agent: 'priya',
		status: 'closed',
		resolution: 'answered',
		category: 'access',
		tags: ['mfa', 'phone'],
		priority: 'high',
		traits: ['exactDuplicate'],
		messages: [
			said('sofia', '2025-11-17 07:48', LOST_PHONE),
			said('priya', '2025-11-17 07:59', LOST_PHONE_ANSWER),
		],
	},
	{
		subject: 'Lost phone',
		requester: 'anna',
		agent: 'priya',
		status: 'closed',
		resolution: 'answered',
		category: 'access',
		tags: ['mfa', 'phone'],
		priority: 'high',
		traits: ['exactDuplicate'],
		messages: [
			said('anna', '2025-11-24 16:20', LOST_PHONE),
			said('priya', '2025-11-24 16:31', LOST_PHONE_ANSWER),
		],
		rating: 'good',
	},
	{
		// The same with other words around it.
		subject: 'Phone gone, cannot sign in',
		requester: 'peter',
		agent: 'tomas',
		status: 'closed',
		resolution: 'answered',
		category: 'access',
		tags: ['mfa'],
		priority: 'high',
		traits: ['nearDuplicate'],
		messages: [
			said(
				'peter',
				'2025-12-01 06:30',
				'Hi, I lost my phone on the train and with it the second factor. How do I get into my account now?',
			),
			said(
				'tomas',
				'2025-12-01 07:10',
				'Please call the service desk at extension 4000. After a video check with your badge you get a code that is valid for one day. Sign in with it once and register the new phone under "Security" in your account.',
			),
		],
	},
	{
		// No answer of its own.
		subject: 'second factor lost',
		requester: 'peter',
		agent: 'tomas',
		status: 'closed',
		resolution: 'duplicate',
		category: 'access',
		tags: ['mfa'],
		priority: 'normal',
		traits: ['emptyAnswer'],
		messages: [
			said('peter', '2025-12-01 06:34', 'Sent twice by mistake? My second factor is lost.'),
			said('tomas', '2025-12-01 07:12', 'Closed as duplicate.'),
		],
	},
	{
		subject: 'How do I report a suspicious mail?',
		requester: 'elin',
		agent: 'jonas',
		status: 'closed',
		resolution: 'answered',
		category: 'email',
		tags: ['phishing', 'security'],
		priority: 'normal',
		traits: ['nearDuplicate', 'internalNote'],
		messages: [
			said(
				'elin',
				'2025-12-08 09:00',
				'I got a mail that wants me to confirm my salary account on a strange page. What do I do with it?',
			),
			note(
				'jonas',
				'2025-12-08 09:10',
				'Same campaign as last week, sender blocked at the gateway.',
			),
			said(
				'jonas',
				'2025-12-08 09:15',
				'Use the "Report phishing" button in Outlook and do not click on anything in the mail; it is deleted for everybody then. If you did click, call the security hotline at extension 4040 at once.',
			),
		],
	},
	{
		subject: 'strange mail about my salary account',
		requester: 'daniel',
		agent: 'jonas',
		status: 'closed',
		resolution: 'answered',
		category: 'email',
		tags: ['phishing', 'security'],
		priority: 'normal',
		traits: ['nearDuplicate'],
		messages: [
			said(
				'daniel',
				'2025-12-08 10:42',
				'I got a mail that wants me to confirm my salary account on a strange website. What should I do with it?',
			),
			said(
				'jonas',
				'2025-12-08 10:50',
				'Use the "Report phishing" button in Outlook and do not click on anything in the mail; it is removed for everybody then. If you did click, call the security hotline at extension 4040 right away.',
			),
		],
	},
];
