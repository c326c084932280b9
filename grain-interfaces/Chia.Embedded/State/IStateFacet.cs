namespace Chia.Embedded.State;

/// <summary>A state that the engine reads before a grain is activated.</summary>
internal interface IStateFacet
{
    Task ReadStateAsync();
}
