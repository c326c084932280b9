namespace Orleans;

/// <summary>The class is a converter that the Orleans serializer is to know. No meaning in one process.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class RegisterConverterAttribute : Attribute;
