namespace Chia.Engine.Tests.Embedded.Signatures;

/// <summary>What callers can see of a type, as text that can be compared.</summary>
/// <param name="FullName">Namespace and name, with the number of type parameters.</param>
/// <param name="Kind">Class, struct, interface or enum, whether sealed, abstract or static; base type; type parameters with variance and constraints.</param>
/// <param name="AttributeUsage">The bytes of [AttributeUsage], in hexadecimal; empty without it.</param>
/// <param name="Interfaces">All that it declares.</param>
/// <param name="Members">Constructors, methods (accessors too), fields and constants, public and protected.</param>
internal sealed record ApiType(string FullName, string Kind, string AttributeUsage, IReadOnlySet<string> Interfaces, IReadOnlySet<string> Members);
