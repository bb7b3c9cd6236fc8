import { useAction } from '../../../api/use-action.js'
import {
  ChangeNotificationSettingsDocument,
  NotificationSettingsDocument,
} from '../../../generated/graphql.js'

/** Each part of the settings is kept by itself; what is left out stays as it is. */
export function useChangeSettings() {
  return useAction(ChangeNotificationSettingsDocument, (result) => result.changeNotificationSettings, [
    NotificationSettingsDocument,
  ])
}
