using System.Net;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Silo.Hosting;
using Chia.Silo.Node;

namespace Chia.Page.Tests.Support;

/// <summary>A node of one role and of testnet's rules in this process, whom nobody knows.</summary>
internal static class LoneNode
{
    public static Task<RunningNode> Start(string root, Role role) => NodeHost.Start(
        new NodeSettings
        {
            Network = Testnet.Definition,
            Root = root,
            Roles = [new RoleSettings(role, 0) { Address = IPAddress.Loopback }],
            Logging = _ => { },
        },
        TestContext.Current.CancellationToken);
}
