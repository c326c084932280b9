namespace Chia.Embedded.Engine;

/// <summary>The result of methods without one.</summary>
internal readonly struct Nothing;
