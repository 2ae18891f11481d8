package dev.asyncloop;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds what others can use to public-api.txt, so that it changes by decision only: the public types of the exported
 * packages, and below each its public members. Among these are those that it inherits from a type of ours that others
 * cannot name, and protected ones if others can extend it.
 *
 * <p>An override of a method of somebody else's type is that type's API, unless it promises more. A constructor that takes
 * a type of a package that is not exported is nobody's but ours.
 */
class PublicApiTests {

    private static final Path EXPECTED = Path.of("public-api.txt");
    private static final Path ACTUAL = Path.of("target", "public-api.txt");

    private static final Set<String> EXPORTED = exportedPackages();

    private static final int VISIBLE = Modifier.PUBLIC | Modifier.PROTECTED;

    /** Those that bind who calls or extends; others, such as synchronized, do not. */
    private static final int BINDING =
            VISIBLE | Modifier.ABSTRACT | Modifier.STATIC | Modifier.FINAL | Modifier.INTERFACE;

    /** What every object, enum or record has. */
    private static final Set<String> IMPLIED =
            Set.of("equals(java.lang.Object)", "hashCode()", "toString()", "values()", "valueOf(java.lang.String)");

    @Test
    void it_is_what_the_file_says() throws Exception {
        String actual = api();
        Files.writeString(ACTUAL, actual);
        assertThat(actual)
                .as(
                        "the public API; if it is meant to change, copy junit-extension/%s over junit-extension/%s",
                        ACTUAL, EXPECTED)
                .isEqualTo(Files.readString(EXPECTED));
    }

    private static String api() throws Exception {
        StringBuilder text = new StringBuilder();
        for (Class<?> type : types()) {
            text.append(described(type)).append('\n');
            members(type).forEach(member -> text.append("    ").append(member).append('\n'));
        }
        return text.toString();
    }

    private static List<Class<?>> types() throws Exception {
        List<Class<?>> types = new ArrayList<>();
        Path classes = Path.of("target", "classes");
        for (String exported : EXPORTED) {
            try (Stream<Path> files = Files.list(classes.resolve(exported.replace('.', '/')))) {
                for (String name : files.map(path -> path.getFileName().toString())
                        .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
                        .map(file -> file.replaceFirst("\\.class$", ""))
                        .sorted()
                        .toList()) {
                    Class<?> type = load(exported + "." + name);
                    if (isVisible(type)) {
                        types.add(type);
                    }
                }
            }
        }
        return types;
    }

    private static Set<String> exportedPackages() {
        try (InputStream descriptor = Files.newInputStream(Path.of("target", "classes", "module-info.class"))) {
            return ModuleDescriptor.read(descriptor).exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(toCollection(TreeSet::new));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, PublicApiTests.class.getClassLoader());
    }

    /** With the types around it; of ours, those of exported packages only. */
    private static boolean isVisible(Class<?> type) {
        return (type.getModifiers() & VISIBLE) != 0
                && (!type.getName().startsWith("dev.asyncloop.") || EXPORTED.contains(type.getPackageName()))
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    private static boolean isExtensible(Class<?> type) {
        return !Modifier.isFinal(type.getModifiers())
                && !type.isSealed()
                && (type.isInterface()
                        || visible(type.getDeclaredConstructors()).findAny().isPresent());
    }

    private static String described(Class<?> type) {
        String kind = type.isAnnotation()
                ? "@interface"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        return modifiers(type)
                + (type.isSealed() ? "sealed " : "")
                + kind
                + " "
                + type.getName()
                + parameters(type.getTypeParameters())
                + (kind.equals("class") ? listed(" extends ", Stream.of(visibleParent(type)), " ") : "")
                + (type.isAnnotation()
                        ? ""
                        : listed(
                                type.isInterface() ? " extends " : " implements ",
                                Stream.of(type.getGenericInterfaces()).filter(PublicApiTests::isVisible),
                                ", "));
    }

    private static Type visibleParent(Class<?> type) {
        Type parent = type.getGenericSuperclass();
        return isVisible(parent) ? parent : visibleParent(type.getSuperclass());
    }

    private static boolean isVisible(Type type) {
        return isVisible((Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type));
    }

    /** Without Object, which goes without saying. */
    private static String listed(String before, Stream<Type> types, String between) {
        String all = types.filter(type -> type != Object.class)
                .map(Type::getTypeName)
                .collect(joining(between));
        return all.isEmpty() ? "" : before + all;
    }

    private static String modifiers(Class<?> type) {
        boolean bare = type.isInterface() || type.isEnum() || type.isRecord();
        int implied = bare ? Modifier.ABSTRACT | Modifier.STATIC | Modifier.FINAL | Modifier.INTERFACE : 0;
        return modifiers(type.getModifiers() & ~implied);
    }

    private static String modifiers(int modifiers) {
        String text = Modifier.toString(modifiers & BINDING);
        return text.isEmpty() ? "" : text + " ";
    }

    private static Set<String> members(Class<?> type) {
        Set<String> members = new TreeSet<>();
        Class<?> declaring = type;
        do {
            visible(declaring.getDeclaredFields())
                    .filter(member -> Modifier.isPublic(member.getModifiers()) || isExtensible(type))
                    .map(PublicApiTests::described)
                    .forEach(members::add);
            visible(declaring.getDeclaredMethods())
                    .filter(member -> Modifier.isPublic(member.getModifiers()) || isExtensible(type))
                    .map(PublicApiTests::described)
                    .forEach(members::add);
            declaring = declaring.getSuperclass();
        } while (declaring != null && !isVisible(declaring));
        visible(type.getDeclaredConstructors()).map(PublicApiTests::described).forEach(members::add);
        return members;
    }

    private static <M extends Member> Stream<M> visible(M[] members) {
        return Stream.of(members).filter(PublicApiTests::isVisible);
    }

    private static boolean isVisible(Member member) {
        return (member.getModifiers() & VISIBLE) != 0
                && !member.isSynthetic()
                && !(member instanceof Constructor<?> constructor && !takesOnlyVisible(constructor))
                && !(member instanceof Method method
                        && (IMPLIED.contains(signature(method)) || overridesOthers(method)));
    }

    /** Whether it is a method of a type that is not ours, which promises it already. */
    private static boolean overridesOthers(Method method) {
        return !Modifier.isStatic(method.getModifiers())
                && supertypes(method.getDeclaringClass())
                        .filter(type -> !type.getName().startsWith("dev.asyncloop."))
                        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                        .anyMatch(promised -> promised.getName().equals(method.getName())
                                && Arrays.equals(promised.getParameterTypes(), method.getParameterTypes())
                                && promised.getReturnType() == method.getReturnType()
                                && Arrays.equals(promised.getExceptionTypes(), method.getExceptionTypes()));
    }

    private static Stream<Class<?>> supertypes(Class<?> type) {
        return Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
                .flatMap(parent -> Stream.concat(Stream.of(parent), supertypes(parent)));
    }

    private static boolean takesOnlyVisible(Constructor<?> constructor) {
        return Stream.of(constructor.getParameterTypes())
                .allMatch(type -> type.isPrimitive() || type.isArray() || isVisible(type));
    }

    private static String described(Field field) {
        String text = modifiers(field.getModifiers()) + field.getGenericType().getTypeName() + " " + field.getName();
        try {
            // who compiles against a constant takes its value along
            return field.getType() == String.class && Modifier.isStatic(field.getModifiers())
                    ? text + " = \"" + field.get(null) + '"'
                    : text;
        } catch (IllegalAccessException unreadable) {
            return text;
        }
    }

    private static String described(Method method) {
        Object standard = method.getDefaultValue();
        return modifiers(method.getModifiers())
                + (method.isDefault() ? "default " : "")
                + parameters(method.getTypeParameters())
                + (method.getTypeParameters().length > 0 ? " " : "")
                + method.getGenericReturnType().getTypeName()
                + " "
                + signature(method)
                + thrown(method)
                + (standard == null ? "" : " default");
    }

    private static String described(Constructor<?> constructor) {
        return modifiers(constructor.getModifiers()) + signature(constructor) + thrown(constructor);
    }

    private static String signature(Executable executable) {
        String parameters = Stream.of(executable.getGenericParameterTypes())
                .map(Type::getTypeName)
                .collect(joining(", "));
        return (executable instanceof Method ? executable.getName() : "<init>")
                + "("
                + (executable.isVarArgs() ? parameters.replaceFirst("\\[]$", "...") : parameters)
                + ")";
    }

    private static String thrown(Executable executable) {
        return listed(" throws ", Stream.of(executable.getGenericExceptionTypes()), ", ");
    }

    private static String parameters(TypeVariable<?>[] parameters) {
        return parameters.length == 0
                ? ""
                : Stream.of(parameters)
                        .map(parameter -> parameter + listed(" extends ", Stream.of(parameter.getBounds()), " & "))
                        .collect(joining(", ", "<", ">"));
    }
}
