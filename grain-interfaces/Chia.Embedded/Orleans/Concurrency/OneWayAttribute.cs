namespace Orleans.Concurrency;

/// <summary>The caller of this interface method waits for nothing and learns of no error.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
