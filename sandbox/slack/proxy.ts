/**
 * Sends slack.com and hooks.slack.com to the stand-in, so that workflows with Slack's real addresses reach it.
 * Connections to other hosts are handed on without a look inside.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { generateCACertificate, getLocal } from 'mockttp';

import { freePort } from '../n8n/ports';

const HOSTS = ['slack.com', 'www.slack.com', 'hooks.slack.com'];

export interface SlackProxy {
	/** For the process that is to meet the stand-in in Slack's place. */
	env: Record<string, string>;
	close(): Promise<void>;
}

/** @param target - address of the stand-in */
export async function startSlackProxy(target: string): Promise<SlackProxy> {
	const ca = await generateCACertificate({
		subject: { commonName: 'Slack stand-in of this machine' },
	});
	const folder = mkdtempSync(join(tmpdir(), 'slack-sandbox-'));
	const caFile = join(folder, 'ca.pem');
	writeFileSync(caFile, ca.cert);
	const proxy = getLocal({
		https: { ...ca, tlsInterceptOnly: HOSTS.map((hostname) => ({ hostname })) },
		recordTraffic: false,
	});
	await proxy.start(await freePort());
	for (const hostname of HOSTS)
		await proxy
			.forAnyRequest()
			.forHostname(hostname)
			.thenForwardTo(target, { simulateConnectionErrors: true });
	await proxy.forUnmatchedRequest().thenPassThrough();
	const address = `http://127.0.0.1:${proxy.port}`;
	return {
		env: {
			HTTPS_PROXY: address,
			https_proxy: address,
			NO_PROXY: '127.0.0.1,localhost',
			no_proxy: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: caFile,
		},
		async close() {
			await proxy.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
