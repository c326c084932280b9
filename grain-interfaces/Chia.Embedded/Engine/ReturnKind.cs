namespace Chia.Embedded.Engine;

/// <summary>What an interface method returns.</summary>
internal enum ReturnKind
{
    Void,
    Task,
    ValueTask,
}
