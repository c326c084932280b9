namespace Orleans;

/// <summary>The name of a type, interface or method on the wire, so that it can be renamed in code. No meaning in one process.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method | AttributeTargets.Interface, AllowMultiple = true)]
public sealed class AliasAttribute : Attribute
{
    /// <summary>Names it.</summary>
    /// <param name="alias">Unique among types, or among the methods of one interface.</param>
    public AliasAttribute(string alias) => Alias = alias;

    /// <summary>The name.</summary>
    public string Alias { get; }
}
