package dev.asyncloop.samples.bench;

/** A way to run an empty test, and how it is written. */
enum Contender {
    BARE("bare Jupiter", "", "void %s() {}"),
    BARE_PARAMETER("bare Jupiter, a TestInfo injected", "", "void %s(TestInfo info) {}"),
    ASYNCLOOP("asyncloop", "@ExtendWith(AsyncLoopExtension.class)", "void %s() {}"),
    ASYNCLOOP_CLASS("asyncloop, @LoopScope(CLASS)", "@LoopScope(LoopScope.Scope.CLASS)", "void %s() {}"),
    ASYNCLOOP_FIXTURE(
            "asyncloop, a fixture injected",
            "@ExtendWith(AsyncLoopExtension.class)",
            "void %s(StringBuilder fixture) {}",
            "@RegisterExtension static final LoopFixture<StringBuilder> FIXTURE ="
                    + " LoopFixture.of(StringBuilder.class, StringBuilder::new);"),
    VERTX_CONTEXT(
            "vertx-junit5, VertxTestContext only",
            "@ExtendWith(VertxExtension.class)",
            "void %s(VertxTestContext context) { context.completeNow(); }"),
    VERTX(
            "vertx-junit5, with a Vertx",
            "@ExtendWith(VertxExtension.class)",
            "void %s(Vertx vertx, VertxTestContext context) { context.completeNow(); }"),
    RANDOMIZEDTESTING(
            "randomizedtesting @DetectThreadLeaks",
            "@DetectThreadLeaks(scope = DetectThreadLeaks.Scope.TEST)",
            "void %s() {}");

    static final String IMPORTS = """
        import com.carrotsearch.randomizedtesting.jupiter.DetectThreadLeaks;
        import dev.asyncloop.jupiter.AsyncLoopExtension;
        import dev.asyncloop.jupiter.LoopFixture;
        import dev.asyncloop.jupiter.LoopScope;
        import io.vertx.core.Vertx;
        import io.vertx.junit5.VertxExtension;
        import io.vertx.junit5.VertxTestContext;
        import org.junit.jupiter.api.RepeatedTest;
        import org.junit.jupiter.api.Test;
        import org.junit.jupiter.api.TestInfo;
        import org.junit.jupiter.api.extension.ExtendWith;
        import org.junit.jupiter.api.extension.RegisterExtension;
        """;

    private final String title;
    private final String annotation;
    private final String method;
    private final String fields;

    Contender(String title, String annotation, String method) {
        this(title, annotation, method, "");
    }

    Contender(String title, String annotation, String method, String fields) {
        this.title = title;
        this.annotation = annotation;
        this.method = method;
        this.fields = fields;
    }

    String title() {
        return title;
    }

    /** What a test class of this kind is annotated with. */
    String annotation() {
        return annotation;
    }

    /** What a test class of this kind begins with. */
    String fields() {
        return fields;
    }

    /** The source of an empty test. */
    String method(String name) {
        return method.formatted(name);
    }
}
