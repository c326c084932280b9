namespace Orleans.Concurrency;

/// <summary>This interface method may begin while any other call of the activation awaits.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
