// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.kit;

import org.bequest.table.Owner;
import org.osgi.framework.Bundle;

/** How the api names those that a test has made. */
public final class Owners {
    private Owners() {}

    /** Of a process of {@link Bench#PUPPET}. */
    public static Owner owner(Spawned process) {
        return new Owner.Process(process.pid(), Bench.PUPPET);
    }

    public static Owner owner(Bundle bundle) {
        return new Owner.Bundle(bundle.getSymbolicName(), bundle.getBundleId());
    }
}
