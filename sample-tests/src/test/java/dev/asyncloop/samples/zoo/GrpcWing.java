package dev.asyncloop.samples.zoo;

import static dev.asyncloop.leak.LeakKind.FILE_DESCRIPTOR;

import io.grpc.CallOptions;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/** gRPC, whose channels and servers share threads that it keeps for a second after the last of them is closed. */
final class GrpcWing extends Wing {

    private static final MethodDescriptor<String, String> ECHO = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("zoo/echo")
            .setRequestMarshaller(new Text())
            .setResponseMarshaller(new Text())
            .build();

    GrpcWing() {
        show("gRPC server", FILE_DESCRIPTOR, () -> ending(started(okHttpServer())));
        // a pool that all channels share opens its socket, mostly on a thread that is older than the test
        showClean("gRPC channel", () -> asked(okHttpChannel(Running.SERVER.getPort())));
        showClean("gRPC server of Netty", () -> ending(started(NettyServerBuilder.forPort(0))));
        showClean("gRPC channel of Netty", () -> asked(nettyChannel(Running.SERVER.getPort())));
    }

    private static ServerBuilder<?> okHttpServer() {
        return OkHttpServerBuilder.forPort(0, InsecureServerCredentials.create());
    }

    private static ManagedChannelBuilder<?> okHttpChannel(int port) {
        return OkHttpChannelBuilder.forAddress("localhost", port);
    }

    private static ManagedChannelBuilder<?> nettyChannel(int port) {
        return NettyChannelBuilder.forAddress("localhost", port);
    }

    private static Server started(ServerBuilder<?> builder) throws IOException {
        return builder.addService(ServerServiceDefinition.builder("zoo")
                        .addMethod(ECHO, ServerCalls.asyncUnaryCall((said, answer) -> {
                            answer.onNext(said);
                            answer.onCompleted();
                        }))
                        .build())
                .build()
                .start(); // leaks
    }

    private static AutoCloseable ending(Server server) {
        return () -> {
            server.shutdown();
            server.awaitTermination();
        };
    }

    private static AutoCloseable asked(ManagedChannelBuilder<?> builder) {
        ManagedChannel channel = builder.usePlaintext().build();
        ClientCalls.blockingUnaryCall(channel, ECHO, CallOptions.DEFAULT, "hello"); // leaks
        return () -> {
            channel.shutdown();
            channel.awaitTermination(1, TimeUnit.MINUTES);
        };
    }

    /** Somebody to talk to, for good. */
    private static final class Running {

        static final Server SERVER = start();

        private static Server start() {
            try {
                return started(okHttpServer());
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {

        @Override
        public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes());
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes());
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }
}
