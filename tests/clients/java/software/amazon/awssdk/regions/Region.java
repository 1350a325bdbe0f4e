package software.amazon.awssdk.regions;

/** A small stand-in for the SDK's class of this name. */
public final class Region {
    private final String id;

    private Region(String id) {
        this.id = id;
    }

    public static Region of(String id) {
        return new Region(id);
    }

    @Override
    public String toString() {
        return id;
    }
}
