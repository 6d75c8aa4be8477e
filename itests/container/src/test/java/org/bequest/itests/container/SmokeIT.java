// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bequest.itests.container.kit.ContainerTest;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/** Says which bundle is not there, and why. Not a {@link ContainerTest}: its bench would wait for what is missing. */
@RunWith(PaxExam.class)
public class SmokeIT {
    @Configuration
    public Option[] container() {
        return ContainerTest.shippedContainer();
    }

    @Test
    public void everyBundleIsResolvedAndStarted() {
        List<String> problems = new ArrayList<>();
        for (Bundle bundle :
                FrameworkUtil.getBundle(SmokeIT.class).getBundleContext().getBundles()) {
            boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
            if (bundle.getState() != Bundle.ACTIVE && !fragment) {
                problems.add(bundle + ": " + whyNot(bundle));
            }
        }
        assertThat(problems).isEmpty();
    }

    private static String whyNot(Bundle bundle) {
        try {
            bundle.start();
            return "was not started, but can be";
        } catch (BundleException e) {
            return e.getMessage();
        }
    }
}
