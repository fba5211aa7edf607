import java.util.Arrays;
import java.util.Objects;

/** Counts what a client program finds, as the runner of the suites reads it. */
final class Checks {
    /** A check; what it throws makes it fail. */
    interface Check {
        void run() throws Exception;
    }

    private Checks() {}

    static void step(String name, Check check) {
        try {
            check.run();
            System.out.println("ok - " + name);
        } catch (Exception | AssertionError wrong) {
            String reason = String.valueOf(wrong).replaceAll("\\s+", " ");
            System.out.println("not ok - " + name + " # " + reason);
        }
    }

    static void isTrue(boolean holds, String what) {
        if (!holds) throw new AssertionError("not so: " + what);
    }

    static void same(Object got, Object wanted) {
        if (!Objects.equals(got, wanted)) throw new AssertionError(got + " is not " + wanted);
    }

    /** The same octets twice; none are shown, since they may be secret. */
    static void sameBytes(byte[] got, byte[] wanted) {
        isTrue(Arrays.equals(got, wanted), got.length + " octets are those expected");
    }

    /** One of the environment, which is all that a program is told. */
    static String variable(String name) {
        String value = System.getenv(name);
        if (value == null || value.isEmpty()) throw new IllegalStateException(name + " is not set");
        return value;
    }
}
