import type { App, Channel, Person } from './types';

/** The workspace that every stand-in starts with. */
export const TEAM = { id: 'T0ALDERBRK', name: 'Alderbrook', domain: 'alderbrook' };

export const PEOPLE: Record<'maya' | 'jonas' | 'askBot' | 'otherBot', Person> = {
	maya: { id: 'U0MAYA00001', name: 'maya', realName: 'Maya Okafor', isBot: false },
	jonas: { id: 'U0JONAS0002', name: 'jonas', realName: 'Jonas Weber', isBot: false },
	askBot: { id: 'U0ASKBOT001', name: 'ask-alderbrook', realName: 'Ask Alderbrook', isBot: true },
	otherBot: { id: 'U0OTHERBOT2', name: 'chatter', realName: 'Chatter', isBot: true },
};

export const CHANNELS: Record<'directMessage' | 'helpDesk' | 'otherDirect' | 'random', Channel> = {
	directMessage: {
		id: 'D0ASKMAYA01',
		name: 'Ask Alderbrook',
		kind: 'im',
		members: [PEOPLE.maya.id, PEOPLE.askBot.id],
	},
	helpDesk: {
		id: 'C0HELPDESK1',
		name: 'help-desk',
		kind: 'channel',
		members: [PEOPLE.maya.id, PEOPLE.jonas.id, PEOPLE.askBot.id, PEOPLE.otherBot.id],
	},
	otherDirect: {
		id: 'D0ASKJONAS2',
		name: 'Ask Alderbrook',
		kind: 'im',
		members: [PEOPLE.jonas.id, PEOPLE.askBot.id],
	},
	/** The bot was not invited here. */
	random: {
		id: 'C0RANDOM002',
		name: 'random',
		kind: 'channel',
		members: [PEOPLE.maya.id, PEOPLE.jonas.id],
	},
};

const EVENTS = [
	'app_mention',
	'app_home_opened',
	'message.channels',
	'message.groups',
	'message.im',
	'message.mpim',
	'reaction_added',
	'reaction_removed',
];

const SCOPES = [
	'app_mentions:read',
	'assistant:write',
	'channels:history',
	'channels:read',
	'chat:write',
	'commands',
	'groups:history',
	'im:history',
	'im:read',
	'im:write',
	'mpim:history',
	'reactions:read',
	'reactions:write',
	'users:read',
];

/** Made up, and good for nothing but the stand-in. */
export const DEMO = {
	botToken: ['xoxb', 'sandbox', 'of', 'this', 'machine'].join('-'),
	signingSecret: '0'.repeat(16) + 'a1b2c3d4e5f60718',
	otherBotToken: ['xoxb', 'sandbox', 'of', 'another', 'app'].join('-'),
	/** Tokens that Slack refuses, each with its own word. */
	revoked: ['xoxb', 'sandbox', 'revoked'].join('-'),
	inactive: ['xoxb', 'sandbox', 'inactive'].join('-'),
};

export function demoApps(): [App, App] {
	return [
		{
			id: 'A0ASKAPP001',
			name: PEOPLE.askBot.realName,
			botUserId: PEOPLE.askBot.id,
			botId: 'B0ASKBOT001',
			token: DEMO.botToken,
			signingSecret: DEMO.signingSecret,
			scopes: [...SCOPES],
			events: [...EVENTS],
			command: '/ask',
		},
		{
			id: 'A0OTHERAPP2',
			name: PEOPLE.otherBot.realName,
			botUserId: PEOPLE.otherBot.id,
			botId: 'B0OTHERBOT2',
			token: DEMO.otherBotToken,
			signingSecret: `f${DEMO.signingSecret.slice(1)}`,
			scopes: [...SCOPES],
			events: [...EVENTS],
			command: '/chatter',
		},
	];
}
