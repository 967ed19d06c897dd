// The correlation ID of one save or creation, where the setting wants one.
import { newCorrelationId } from '../management/correlation';
import { settings } from './settings';

export function wantedCorrelationId(): string | undefined {
  return settings.correlationId() ? newCorrelationId() : undefined;
}
