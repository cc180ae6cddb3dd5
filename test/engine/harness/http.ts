/** nock for engine tests: loopback servers may be reached, everything else must be foreseen. */
import nock from 'nock';

// Importing it patches node:http, which all test files of a worker share.
nock.restore();

/**
 * Call once at the top of a test file. Before each test the net is closed; after each test, requests
 * that were foreseen and never came make the test fail.
 */
export function useNock(): typeof nock {
	beforeEach(() => {
		if (!nock.isActive()) nock.activate();
		nock.disableNetConnect();
		nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/);
	});
	afterEach(() => {
		const pending = nock.pendingMocks();
		nock.cleanAll();
		nock.abortPendingRequests();
		expect(pending).toEqual([]);
	});
	afterAll(() => {
		nock.enableNetConnect();
		nock.restore();
	});
	return nock;
}
