import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { AppsManifestCreateArguments } from '@slack/web-api';

import { buildManifest, type ManifestSettings } from '../../../lib/slack/manifest';

const settings: ManifestSettings = {
	name: 'Help Desk',
	description: 'Answers questions',
	webhookUrl: 'https://n8n.example.com/webhook/1/slack',
	features: ['mentions', 'threadReplies', 'reactions', 'slashCommand', 'messageShortcut'],
	slashCommand: '/ask',
	suggestedPrompts: ['How do I reset my password?', ' '],
};

describe('buildManifest', () => {
	it("is a manifest by Slack's own types", () => {
		const { oauth_config: _scopes, ...manifest } = buildManifest(settings);
		const checked: AppsManifestCreateArguments['manifest'] = manifest;
		expect(checked).toMatchObject({
			features: {
				agent_view: {
					suggested_prompts: [
						{ title: 'How do I reset my password?', message: 'How do I reset my password?' },
					],
				},
				app_home: { messages_tab_enabled: true, messages_tab_read_only_enabled: false },
			},
			settings: { socket_mode_enabled: false, token_rotation_enabled: false },
		});
	});

	it('asks for each scope and event once', () => {
		const { oauth_config, settings: set } = buildManifest(settings);
		expect(oauth_config.scopes.bot).toEqual([
			'app_mentions:read',
			'assistant:write',
			'channels:history',
			'chat:write',
			'commands',
			'groups:history',
			'im:history',
			'mpim:history',
			'reactions:read',
		]);
		expect(set.event_subscriptions.bot_events).toEqual([
			'app_home_opened',
			'app_mention',
			'message.channels',
			'message.groups',
			'message.im',
			'message.mpim',
			'reaction_added',
			'reaction_removed',
		]);
	});

	it('is the file of the workflows, with name and address to be replaced', () => {
		const file = join(__dirname, '../../../workflows/slack-app-manifest.json');
		expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(
			buildManifest({
				name: 'Your app name',
				description: 'Answers questions with a model that was trained on past ones.',
				webhookUrl: 'https://your-n8n.example.com/webhook/your-webhook-id/webhook',
				features: ['mentions', 'reactions', 'threadReplies'],
			}),
		);
	});
});
