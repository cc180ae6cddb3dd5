/**
 * Variables under which n8n starts quickly, talks to nobody outside this machine, and keeps to loopback.
 * https://docs.n8n.io/hosting/configuration/environment-variables/
 */
export function n8nEnvironment(options: {
	userFolder: string;
	port: number;
	brokerPort: number;
	extra?: NodeJS.ProcessEnv;
}): NodeJS.ProcessEnv {
	return {
		N8N_USER_FOLDER: options.userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(options.port),
		N8N_RUNNERS_BROKER_PORT: String(options.brokerPort),
		N8N_SECURE_COOKIE: 'false',
		// What a run has done so far can be read while it is running: the start script shows it.
		EXECUTIONS_DATA_SAVE_ON_PROGRESS: 'true',
		...SILENT,
		...options.extra,
	};
}

/**
 * The variables of this process without those that steer an n8n: somebody whose shell is set up for an n8n of their
 * own must not see the sandbox work on its database.
 */
export function ownEnvironment(): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !STEERS_N8N.test(name)));
}

const STEERS_N8N =
	/^(N8N|DB|EXECUTIONS|QUEUE|WEBHOOK|CREDENTIALS|NODE_FUNCTION|GENERIC|EXTERNAL|WORKFLOWS|OFFLOAD)_|^(NODE_ENV|NODE_OPTIONS|WEBHOOK_URL)$/i;

const SILENT = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
	N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	EXTERNAL_FRONTEND_HOOKS_URLS: '',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_AI_ENABLED: 'false',
	// These modules call home or are of no use here; without the list n8n asks api.n8n.io at each start.
	N8N_DISABLED_MODULES:
		'mcp-registry,instance-ai,agents,chat-hub,insights,breaking-changes,quick-connect',
	// A proxy of the machine must not be asked for loopback addresses.
	NO_PROXY: '127.0.0.1,localhost',
	no_proxy: '127.0.0.1,localhost',
};
