// SPDX-License-Identifier: Apache-2.0
package org.bequest.itests.container.service;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.bequest.itests.container.plugin.GreeterActivator;
import org.bequest.itests.container.plugin.GreeterWorker;
import org.bequest.itests.container.plugin.GreetingConsumer;
import org.bequest.itests.container.plugin.greeting.Greeter;
import org.bequest.itests.container.plugin.greeting.RudeException;
import org.bequest.testkit.PluginJar;
import org.osgi.framework.Constants;

/** Three bundles: an interface that stays, the module whose processes answer it, and a consumer. */
final class GreeterBundles {
    private static final String GREETING = Greeter.class.getPackageName();
    private static final String PROMISES = "org.osgi.util.promise";
    private static final String COMPONENT = """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="consumer" immediate="true"
                activate="activate" deactivate="deactivate">
              <implementation class="%s"/>
              <property name="consumer" value="true"/>
              <service><provide interface="java.util.function.Function"/></service>
              <reference name="greeter" interface="%s" field="greeter"/>
            </scr:component>
            """;

    private GreeterBundles() {}

    static PluginJar greetingApi() {
        return PluginJar.named("greeting.api")
                .classes(Greeter.class)
                .classes(RudeException.class)
                .imports(PROMISES)
                .header(Constants.EXPORT_PACKAGE, GREETING);
    }

    static PluginJar module(String version) {
        return moduleWithoutImport(version).imports(GREETING);
    }

    /** Its interface is its own: it has to bring the classes itself. */
    static PluginJar moduleWithoutImport(String version) {
        return PluginJar.named("plugin.greeter")
                .version(version)
                .activator(GreeterActivator.class)
                .classes(GreeterWorker.class)
                .imports(PROMISES);
    }

    static PluginJar consumer() {
        return PluginJar.named("plugin.consumer")
                .classes(GreetingConsumer.class)
                .imports(GREETING)
                .header("Service-Component", "OSGI-INF/consumer.xml")
                .resource(
                        "OSGI-INF/consumer.xml",
                        COMPONENT.formatted(GreetingConsumer.class.getName(), Greeter.class.getName()));
    }

    /**
     * The service as the test's own copy of the interface: the test cannot import the one of {@link #greetingApi}. Exceptions
     * that only have the same name are told by their text.
     */
    static Greeter asSeenByTheTest(Object service) {
        return (Greeter) Proxy.newProxyInstance(
                Greeter.class.getClassLoader(), new Class<?>[] {Greeter.class}, (proxy, method, arguments) -> {
                    try {
                        return Class.forName(
                                        Greeter.class.getName(),
                                        true,
                                        service.getClass().getClassLoader())
                                .getMethod(method.getName(), method.getParameterTypes())
                                .invoke(service, arguments);
                    } catch (InvocationTargetException e) {
                        Throwable thrown = e.getCause();
                        if (thrown.getClass().getName().equals(RudeException.class.getName())) {
                            throw new RudeException(thrown.getMessage());
                        }
                        throw thrown;
                    }
                });
    }
}
