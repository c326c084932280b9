namespace Orleans.Placement;

/// <summary>Activations are made in the process of the first caller, where it can hold them.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class PreferLocalPlacementAttribute : PlacementAttribute;
