// The settings of a VS Code in which nobody has set anything about proxies.
import type { ProxySettings } from '../../src/management/http/chooseTransport';

export const NO_PROXY_SETTINGS: ProxySettings = {
  proxy: '',
  authorization: '',
  noProxy: [],
  proxySupport: 'override',
  strictSsl: true,
  systemCertificates: true,
  env: {},
};
