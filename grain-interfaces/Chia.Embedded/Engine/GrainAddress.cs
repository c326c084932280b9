namespace Chia.Embedded.Engine;

/// <summary>The address of a grain; remembers the target that served it last.</summary>
internal sealed class GrainAddress(EmbeddedEngine engine, GrainKey grain) : ICallAddress
{
    private IRequestTarget? _target;

    public EmbeddedEngine Engine => engine;

    public string Key => grain.Key;

    internal GrainKey Grain => grain;

    public void Post(Request request)
    {
        if (_target is { } target && target.TryPost(request))
            return;
        _target = engine.Directory.Post(grain, request);
    }
}
