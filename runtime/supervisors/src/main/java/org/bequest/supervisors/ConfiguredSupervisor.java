// SPDX-License-Identifier: Apache-2.0
package org.bequest.supervisors;

import org.bequest.supervisor.AutoShutdown;
import org.bequest.supervisor.ChildSpec;
import org.bequest.supervisor.Strategy;
import org.bequest.supervisor.Supervisor;
import org.bequest.supervisor.SupervisorSpec;
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

/** One supervisor that Config Admin declares, see {@link Supervisor#SUPERVISOR_FACTORY_PID}. */
@Component(
        service = {},
        configurationPid = Supervisor.SUPERVISOR_FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ConfiguredSupervisor {
    private static final Logger log = LoggerFactory.getLogger(Configurations.class);

    /** Texts all, so that a wrong one can be told by its name. */
    @interface Properties {
        String service_pid();

        String supervisor() default Supervisor.ROOT;

        String order() default "0";

        @Nullable
        String name();

        String strategy() default "ONE_FOR_ONE";

        String intensity() default "1";

        String period_ms() default "5000";

        String auto_shutdown() default "NEVER";

        @Nullable
        String plan();

        @Nullable
        String table();

        @Nullable
        String max_failing();
    }

    private final Configurations configurations;
    private final String pid;

    @Activate
    public ConfiguredSupervisor(@Reference Configurations configurations, Properties properties) {
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
                    ChildSpec.of(supervisor(properties))));
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

    private static SupervisorSpec supervisor(Properties properties) {
        SupervisorSpec supervisor = SupervisorSpec.of(new Setting("name", properties.name()).required())
                .strategy(new Setting("strategy", properties.strategy()).oneOf(Strategy.class))
                .intensity(
                        new Setting("intensity", properties.intensity()).number(),
                        new Setting("period.ms", properties.period_ms()).time())
                .autoShutdown(new Setting("auto.shutdown", properties.auto_shutdown()).oneOf(AutoShutdown.class));
        Setting plan = new Setting("plan", properties.plan());
        Setting table = new Setting("table", properties.table());
        Setting maxFailing = new Setting("max.failing", properties.max_failing());
        supervisor = plan.isSet() ? supervisor.plan(PlanText.read(plan)) : supervisor;
        supervisor = table.isSet() ? supervisor.sharing(table.required()) : supervisor;
        return maxFailing.isSet() ? supervisor.rollout(maxFailing.number()) : supervisor;
    }
}
