namespace Orleans.Placement;

/// <summary>Says on which process of a cluster activations of a class are made. With one process there is no choice.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public abstract class PlacementAttribute : Attribute
{
    private protected PlacementAttribute()
    {
    }
}
