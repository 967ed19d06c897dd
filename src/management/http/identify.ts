// Says in every request who sends it: tenants see it in their log.
import { version } from '../../../package.json';
import type { Transport } from './transport';

const NAME = 'auth0-metadata-editor';

/** Auth0's own format: base64 of JSON. */
const AUTH0_CLIENT = Buffer.from(JSON.stringify({ name: NAME, version })).toString('base64');

export function identified(transport: Transport): Transport {
  return {
    request(request, signal) {
      const headers = { ...request.headers, 'user-agent': NAME, 'auth0-client': AUTH0_CLIENT };
      return transport.request({ ...request, headers }, signal);
    },
    close: () => transport.close(),
  };
}
