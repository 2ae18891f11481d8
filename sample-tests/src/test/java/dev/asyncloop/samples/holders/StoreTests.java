package dev.asyncloop.samples.holders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A client that another extension keeps in JUnit's store: no static leads to it. */
class StoreTests {

    static class Client implements AutoCloseable {
        private Socket socket;

        boolean ask() throws IOException {
            if (socket == null) {
                socket = HelloServer.FOR_ALL.connect();
            }
            return socket.isConnected();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    static class ClientExtension implements BeforeAllCallback, ParameterResolver {
        private static final Namespace NAMESPACE = Namespace.create(ClientExtension.class);

        @Override
        public void beforeAll(ExtensionContext context) {
            context.getStore(NAMESPACE).put("client", new Client());
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Client.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getStore(NAMESPACE).get("client");
        }
    }

    @ExtendWith(ClientExtension.class)
    static class OfTheClass {
        @RepeatedTest(2)
        void asks(Client client) throws IOException {
            assertThat(client.ask()).isTrue();
        }
    }

    @Test
    void nobody_is_blamed_for_what_the_store_closes() {
        assertThat(Blame.of(OfTheClass.class)).isEmpty();
    }
}
