namespace Orleans.Placement;

/// <summary>Activations are spread evenly by chance.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class RandomPlacementAttribute : PlacementAttribute;
