namespace Orleans.Concurrency;

/// <summary>Any call may begin while another of the same activation awaits. Turns still run one at a time.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
