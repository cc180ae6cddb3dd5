/**
 * n8n-core reads its user folder when its container first builds the settings, and writes an
 * encryption key there. This module must therefore be imported before anything of n8n-core.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const userFolder = mkdtempSync(join(tmpdir(), 'n8n-engine-test-'));
process.env.N8N_USER_FOLDER = userFolder;
process.env.N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS = 'false';
process.env.N8N_LOG_LEVEL = 'silent';
// A proxy of the machine would take the requests away from nock.
for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']) {
	delete process.env[name];
	delete process.env[name.toLowerCase()];
}

import 'reflect-metadata';

afterAll(() => rmSync(userFolder, { recursive: true, force: true }));
