// SPDX-License-Identifier: Apache-2.0
package org.bequest.tables.manager;

import java.util.Arrays;
import java.util.Locale;
import org.bequest.process.Processes;
import org.bequest.table.Access;
import org.bequest.table.ManagedTable;
import org.bequest.table.Recipient;
import org.bequest.table.TableManager;
import org.bequest.table.TableSpec;
import org.bequest.table.TableType;
import org.bequest.term.Tuple;
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

/** One managed table that Config Admin declares, see {@link TableManager#FACTORY_PID}. */
@Component(
        configurationPid = TableManager.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        reference = @Reference(name = "manager", service = TableManager.class, target = ManagerModule.FILTER))
public final class ConfiguredTable {
    /* The manager is told by a message, not by a call: while this bundle is replaced its process waits for the new code, and
     * so would a call, on the very thread that is about to register that code.
     *
     * The reference is there for its comings and goings: a message to a manager that dies is lost, but then its service goes
     * and that of the next one comes, and with it this component, which says it all again.
     *
     * Only a configuration that is deleted, or renames its table, ends a duty. One that is deleted while this component is
     * not active leaves its duty to TableManager.release. */

    private static final Logger log = LoggerFactory.getLogger(ConfiguredTable.class);

    /** Texts all, so that a wrong one can be told by its name. */
    @interface Properties {
        String service_pid();

        @Nullable
        String name();

        @Nullable
        String holder();

        @Nullable
        String holder_bundle();

        String type() default "SET";

        String access() default "PROTECTED";

        String key_position() default "0";

        String engine() default TableSpec.HEAP;

        @Nullable
        String gift();
    }

    private final Processes processes;
    private final String pid;
    /** The table that this configuration has asked for last; null if it was never right. */
    private @Nullable String table;

    @Activate
    public ConfiguredTable(@Reference Processes processes, Properties properties) {
        this.processes = processes;
        this.pid = properties.service_pid();
        configure(properties);
    }

    @Modified
    void configure(Properties properties) {
        ManagedTable wanted;
        try {
            wanted = read(properties);
        } catch (IllegalArgumentException wrong) {
            log.error("Configuration {} is wrong, and changes nothing: {}", pid, wrong.getMessage());
            return;
        }
        String name = wanted.table().name();
        if (!name.equals(table)) {
            release();
        }
        table = name;
        processes.cast(TableManager.NAME, Tuple.of(Manager.MANAGE, pid, Duty.toRow(wanted)));
    }

    @Deactivate
    void deactivate(int reason) {
        if (reason == ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED) {
            release();
        }
    }

    private void release() {
        if (table != null) {
            processes.cast(TableManager.NAME, Tuple.of(Manager.RELEASE, pid, table));
        }
    }

    private static ManagedTable read(Properties properties) {
        TableSpec spec = TableSpec.of(required("name", properties.name()))
                .type(oneOf(TableType.class, "type", properties.type()))
                .access(oneOf(Access.class, "access", properties.access()))
                .keyPosition(position("key.position", properties.key_position()))
                .engine(required("engine", properties.engine()));
        return new ManagedTable(spec, holder(properties), properties.gift());
    }

    private static Recipient holder(Properties properties) {
        String process = properties.holder();
        String bundle = properties.holder_bundle();
        if ((process == null) == (bundle == null)) {
            throw new IllegalArgumentException("either holder or holder.bundle must be set, holder was " + process
                    + " and holder.bundle was " + bundle);
        }
        return process != null
                ? Recipient.named(required("holder", process))
                : Recipient.bundle(required("holder.bundle", bundle));
    }

    private static String required(String property, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(property + " must be set, and not be blank");
        }
        return value;
    }

    private static int position(String property, String value) {
        try {
            return Integer.parseUnsignedInt(value.strip());
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(property + " must be a number from 0, was '" + value + "'", wrong);
        }
    }

    private static <E extends Enum<E>> E oneOf(Class<E> kind, String property, String value) {
        return Arrays.stream(kind.getEnumConstants())
                .filter(constant -> constant.name().equals(value.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(property + " must be one of "
                        + Arrays.toString(kind.getEnumConstants()) + ", was '" + value + "'"));
    }
}
