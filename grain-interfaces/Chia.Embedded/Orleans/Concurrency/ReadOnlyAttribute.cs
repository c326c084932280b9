namespace Orleans.Concurrency;

/// <summary>This interface method changes nothing, so that it may begin while other such calls await.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
