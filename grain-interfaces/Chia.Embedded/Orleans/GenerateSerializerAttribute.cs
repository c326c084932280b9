namespace Orleans;

/// <summary>The type crosses process borders on the Orleans engine. No meaning in one process.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute;
