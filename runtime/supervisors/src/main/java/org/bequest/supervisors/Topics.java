// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** Events of OSGi's event admin. Apart from {@link EventLog}, as it cannot be loaded unless there is one. */
final class Topics {
    private Topics() {}

    /** Does not wait for those who listen. */
    static void post(BundleContext context, String topic, Map<String, Object> properties) {
        ServiceReference<EventAdmin> reference = context.getServiceReference(EventAdmin.class);
        EventAdmin admin = reference == null ? null : context.getService(reference);
        if (admin == null) {
            return;
        }
        try {
            admin.postEvent(new Event(topic, properties));
        } finally {
            context.ungetService(reference);
        }
    }
}
