// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Restart;
import org.bequest.supervisor.Supervisor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One child that Config Admin declares, see {@link Supervisor#CHILD_FACTORY_PID}. */
@Component(
        service = {},
        configurationPid = Supervisor.CHILD_FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ConfiguredChild {
    private static final Logger log = LoggerFactory.getLogger(Configurations.class);

    /** Texts all, so that a wrong one can be told by its name. */
    @interface Properties {
        String service_pid();

        String supervisor() default Supervisor.ROOT;

        String order() default "0";

        @Nullable
        String id();

        @Nullable
        String module();

        @Nullable
        String argument();

        @Nullable
        String name();

        @Nullable
        String restart();

        @Nullable
        String shutdown_ms();

        @Nullable
        String significant();

        @Nullable
        String absence_limit_ms();

        @Nullable
        String plan();
    }

    private final Configurations configurations;
    private final String pid;

    @Activate
    public ConfiguredChild(@Reference Configurations configurations, Properties properties) {
        this.configurations = configurations;
        this.pid = properties.service_pid();
        configure(properties);
    }

    @Modified
    void configure(Properties properties) {
        try {
            configurations.put(new Configured(
                    pid,
                    new Setting("supervisor", properties.supervisor()).required(),
                    new Setting("order", properties.order()).number(),
                    child(properties)));
        } catch (IllegalArgumentException wrong) {
            log.error("Configuration {} is wrong, and changes nothing: {}", pid, wrong.getMessage());
        }
    }

    @Deactivate
    void deactivate(int reason) {
        if (reason == ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED) {
            configurations.remove(pid);
        }
    }

    private static ChildSpec child(Properties properties) {
        ChildSpec child = ChildSpec.of(
                        new Setting("id", properties.id()).required(),
                        new Setting("module", properties.module()).required())
                .argument(properties.argument());
        Setting name = new Setting("name", properties.name());
        Setting restart = new Setting("restart", properties.restart());
        Setting shutdown = new Setting("shutdown.ms", properties.shutdown_ms());
        Setting significant = new Setting("significant", properties.significant());
        Setting absenceLimit = new Setting("absence.limit.ms", properties.absence_limit_ms());
        Setting plan = new Setting("plan", properties.plan());
        child = name.isSet() ? child.name(name.required()) : child;
        child = restart.isSet() ? child.restart(restart.oneOf(Restart.class)) : child;
        child = shutdown.isSet() ? child.shutdown(shutdown.time()) : child;
        child = significant.isSet() ? child.significant(significant.yes()) : child;
        child = absenceLimit.isSet() ? child.absenceLimit(absenceLimit.time()) : child;
        return plan.isSet() ? child.plan(PlanText.read(plan)) : child;
    }
}
