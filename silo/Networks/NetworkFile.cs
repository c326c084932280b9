using System.Globalization;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Streamable;
using Chia.Silo.Configuration;
using Chia.Silo.Views;
using YamlDotNet.RepresentationModel;

namespace Chia.Silo.Networks;

/// <summary>
/// Reads network files: YAML with network_id, genesis_block, constants and ports. Constants may stand at the top level too and in upper
/// case, so that a constants file of the reference is a network file. Every fault names file and line.
/// </summary>
internal static class NetworkFile
{
    /// <summary>Characters of an id at most: file systems take 255 in a name.</summary>
    private const int MaxIdLength = 64;

    /// <summary>A built-in network by name, or a file.</summary>
    /// <exception cref="UserException">No such network, or a fault in the file.</exception>
    public static NetworkDefinition Resolve(string? nameOrFile)
    {
        if (nameOrFile is null or Testnet.Id)
            return Testnet.Definition;
        if (!Path.Exists(nameOrFile))
            throw new UserException(
                $"no network '{nameOrFile}': there is no such file, and the built-in one is '{Testnet.Id}'");
        return Read(nameOrFile);
    }

    /// <summary>Reads a file.</summary>
    public static NetworkDefinition Read(string path) => Parse(YamlText.ReadFile(path), path);

    /// <summary>Parses a file's text.</summary>
    public static NetworkDefinition Parse(string text, string path)
    {
        if (YamlText.Parse(text, path) is not YamlMappingNode root)
            throw new UserException(
                $"{path}: not a network file: expected one YAML mapping with network_id, genesis_block, constants and ports");
        var reader = new Reader(path);
        reader.ReadRoot(root);
        return reader.Finish();
    }

    /// <summary>
    /// Ids name folders and are told to peers: a letter or digit, then letters, digits, and . _ - inside, so that none is a path, hidden,
    /// or anything else to a terminal.
    /// </summary>
    public static bool IsNetworkId(string text) =>
        text.Length is > 0 and <= MaxIdLength
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    private sealed class Reader(string path)
    {
        private static readonly string[] OfRoot = ["network_id", "accept_any_network_id", "genesis_block", "constants", "ports"];

        private ConsensusConstants _constants = new();
        private DefaultPorts _ports = new();
        private string _networkId = Testnet.Id;
        private bool _acceptAny;
        private byte[]? _genesis;

        public void ReadRoot(YamlMappingNode root)
        {
            foreach (var (key, value) in root.Children)
            {
                switch (NameOf(key))
                {
                    case "network_id":
                        _networkId = Scalar(value) is var id && IsNetworkId(id)
                            ? id
                            : throw Fault(
                                value, $"network_id must be 1 to {MaxIdLength} letters, digits, and . _ - after the first, not '{id}'");
                        break;
                    case "accept_any_network_id":
                        _acceptAny = Scalar(value) is var flag && bool.TryParse(flag, out var any)
                            ? any
                            : throw Fault(value, $"accept_any_network_id must be true or false, not '{flag}'");
                        break;
                    case "genesis_block":
                        ReadGenesis(value);
                        break;
                    case "constants":
                        foreach (var (name, number) in Mapping(value).Children)
                            ReadConstant(name, number);
                        break;
                    case "ports":
                        foreach (var (name, number) in Mapping(value).Children)
                            ReadPort(name, number);
                        break;
                    default:
                        ReadConstant(key, value);
                        break;
                }
            }
        }

        public NetworkDefinition Finish() => new()
        {
            NetworkId = _networkId,
            Constants = _constants,
            Ports = _ports,
            AcceptAnyNetworkId = _acceptAny,
            GenesisBytes = _genesis ?? throw new UserException($"{path}: genesis_block is missing"),
        };

        private void ReadGenesis(YamlNode node)
        {
            var hex = Scalar(node);
            try
            {
                _genesis = Convert.FromHexString(hex);
            }
            catch (FormatException)
            {
                throw Fault(node, "genesis_block is not hexadecimal");
            }

            var error = StreamableExtensions.TryDecode<FullBlock>(_genesis, out var block);
            if (block is null)
                throw Fault(node, $"genesis_block is not a block: {error}");
            if (block.HeaderBlock.ProofOfTime is null || block.HeaderBlock.Challenge is null)
                throw Fault(node, "genesis_block is unfinished: it has no proof of time or no challenge");
        }

        private void ReadConstant(YamlNode key, YamlNode value)
        {
            var name = NameOf(key);
            if (name == "genesis_block")
            {
                ReadGenesis(value);
                return;
            }

            if (name == ConstantFields.ChallengeOutput)
            {
                _constants = _constants with { ChallengeOutput = ReadChallengeOutput(value) };
                return;
            }

            var field = ConstantFields.All.FirstOrDefault(f => f.Name == name)
                ?? throw Fault(key, $"unknown key '{name}'{Suggestion.Question(
                    name, [.. OfRoot, ConstantFields.ChallengeOutput, .. ConstantFields.All.Select(f => f.Name)])}");
            var text = Scalar(value);
            if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number < field.Minimum || number > field.Maximum)
                throw Fault(value, $"{name} must be a whole number from {field.Minimum} to {field.Maximum}, not '{text}'");
            _constants = field.Set(_constants, number);
        }

        private ChallengeOutput ReadChallengeOutput(YamlNode value) =>
            ConstantFields.ChallengeOutputs.TryGetValue(Scalar(value).ToLowerInvariant(), out var output)
                ? output
                : throw Fault(
                    value, $"{ConstantFields.ChallengeOutput} must be {string.Join(" or ", ConstantFields.ChallengeOutputs.Keys)}, not '{Scalar(value)}'");

        private void ReadPort(YamlNode key, YamlNode value)
        {
            var name = NameOf(key);
            var field = PortFields.All.FirstOrDefault(f => f.Name == name)
                ?? throw Fault(key, $"unknown role '{name}'{Suggestion.Question(name, PortFields.All.Select(f => f.Name))}");
            if (!ushort.TryParse(Scalar(value), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
                throw Fault(value, $"port of {name} must be a number from 1 to 65535, not '{Scalar(value)}'");
            _ports = field.Set(_ports, port);
        }

        private string NameOf(YamlNode key) => Scalar(key).ToLowerInvariant();

        private string Scalar(YamlNode node) =>
            node is YamlScalarNode { Value: { } value } ? value : throw Fault(node, "expected a single value");

        private YamlMappingNode Mapping(YamlNode node) =>
            node as YamlMappingNode ?? throw Fault(node, "expected names and values");

        private UserException Fault(YamlNode node, string what) => new($"{path}, line {node.Start.Line}: {what}");
    }
}
